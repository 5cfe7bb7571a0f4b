using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Planning;

/// <summary>A ceiling has to leave room for every cut, and is cut by weights alone.</summary>
internal static class CeilingRules
{
    private const string Method = "sparsification.ceiling.method";
    private const string Ceiling = "sparsification.ceiling.sparsity";
    private static readonly SparsificationRecipe Standard = new() { Sparsity = 0 };

    public static void Apply(RecipeDraft draft)
    {
        if (draft.MethodName(Method) is { } name && Pruners.Registry.Contains(name) && Pruners.Registry.Find(name).Info is var pruner)
        {
            if (pruner.Needs.HasFlag(MethodNeeds.Statistics))
                draft.Refuse(Method, $"A ceiling is cut before anything is collected, and the pruner '{name}' goes by statistics.", "Use a pruner that goes by weights alone, or one that draws.");
            if (pruner.Traits.HasFlag(MethodTraits.Idle))
                draft.Refuse(Method, $"The pruner '{name}' prunes nothing, so it makes no ceiling.", "Use another pruner, or remove the ceiling.");
        }

        if (!draft.IsGiven(Ceiling) || !draft.TryValue(Ceiling, 0.0, out var ceiling) || !draft.TryValue("sparsification.sparsity", 0.0, out var sparsity)
            || !draft.TryValue("sparsification.cycles", Standard.Cycles, out var cycles) || !draft.TryValue("sparsification.schedule", Standard.Schedule, out var schedule))
            return;
        if (SparsitySchedules.Find(schedule).Levels(sparsity, cycles)[0] is var first && ceiling >= first)
            draft.Refuse(Ceiling, $"A ceiling of {ceiling} leaves no choice to the first cut, to {Math.Round(first, 4)}.", $"Give a fraction below {Math.Round(first, 4)}.");
    }
}
