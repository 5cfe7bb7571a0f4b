namespace SparsePipeline.Contracts;

/// <summary>Which hooks a training may have together, and in which order. Recipes and trainings are refused by the same sentences.</summary>
public static class HookOrder
{
    /// <summary>Everything that is wrong with a list of hooks; empty when nothing is.</summary>
    /// <param name="hooks">In the order of the recipe.</param>
    public static IReadOnlyList<string> Problems(IReadOnlyList<MethodInfo> hooks) =>
        [.. Twice(hooks), .. Movers(hooks), .. hooks.SelectMany((hook, i) => Misplaced(hooks, hook, i))];

    private static IEnumerable<string> Twice(IReadOnlyList<MethodInfo> hooks) =>
        hooks.GroupBy(h => h.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"'{g.Key}' is listed {g.Count()} times");

    private static IEnumerable<string> Movers(IReadOnlyList<MethodInfo> hooks)
    {
        var movers = hooks.Where(h => h.Needs.HasFlag(MethodNeeds.MovesMask)).Select(h => h.Name).Distinct(StringComparer.Ordinal).ToList();
        if (movers.Count > 1)
            yield return $"{NameList.Quoted(movers)} each decide which weights are pruned, and one hook at most may";
    }

    private static IEnumerable<string> Misplaced(IReadOnlyList<MethodInfo> hooks, MethodInfo hook, int index)
    {
        if (hook.Traits.HasFlag(MethodTraits.ComesFirst) && index > 0)
            yield return $"'{hook.Name}' has to come first and comes after '{hooks[index - 1].Name}'";
        if (hook.Traits.HasFlag(MethodTraits.ComesLast) && index < hooks.Count - 1)
            yield return $"'{hook.Name}' has to come last and comes before '{hooks[index + 1].Name}'";
    }
}
