using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Charts;

/// <summary>
/// Layers of a step graph: a step's column is the longest path to it, and within a column steps follow the mean row of
/// what they depend on (one barycentre sweep, Sugiyama et al. 1981), so that most edges stay short.
/// </summary>
internal static class GraphLayout
{
    /// <summary>Column and row of every node. Dependencies on unknown nodes are ignored; the input may be in any order.</summary>
    public static IReadOnlyDictionary<string, (int Column, double Row)> Place(IReadOnlyList<ReportedStep> steps)
    {
        var columns = Columns(steps);
        var tallest = steps.GroupBy(s => columns[s.Node]).Select(g => g.Count()).DefaultIfEmpty(0).Max();
        var places = new Dictionary<string, (int Column, double Row)>(StringComparer.Ordinal);
        foreach (var column in steps.GroupBy(s => columns[s.Node]).OrderBy(g => g.Key))
        {
            var ordered = column.OrderBy(s => Barycentre(s, places)).ThenBy(s => s.Kind == StepKinds.Evaluate).ThenBy(s => s.Node, StringComparer.Ordinal).ToList();
            for (var row = 0; row < ordered.Count; row++)
                places[ordered[row].Node] = (column.Key, row + ((tallest - ordered.Count) / 2.0));
        }

        return places;
    }

    /// <summary>
    /// The dependencies worth drawing: those that no other dependency implies (transitive reduction; every retraining also reads the
    /// dense run's log, and drawing that hides the rest).
    /// </summary>
    public static IEnumerable<(string From, string To)> Edges(IReadOnlyList<ReportedStep> steps)
    {
        var byNode = steps.ToDictionary(s => s.Node, StringComparer.Ordinal);
        var behind = steps.ToDictionary(s => s.Node, s => Ancestors(s, byNode), StringComparer.Ordinal);
        return from step in steps
               from need in step.DependsOn.Where(byNode.ContainsKey)
               where !step.DependsOn.Any(other => other != need && behind.GetValueOrDefault(other)?.Contains(need) == true)
               select (need, step.Node);
    }

    private static HashSet<string> Ancestors(ReportedStep step, Dictionary<string, ReportedStep> byNode)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(step.DependsOn);
        while (open.TryPop(out var node))
            if (byNode.TryGetValue(node, out var known) && found.Add(node))
                foreach (var need in known.DependsOn)
                    open.Push(need);
        return found;
    }

    private static Dictionary<string, int> Columns(IReadOnlyList<ReportedStep> steps)
    {
        var columns = steps.ToDictionary(s => s.Node, _ => 0, StringComparer.Ordinal);

        // Longest paths by relaxation; as many sweeps as there are steps are enough for any order, and a cycle cannot loop for ever.
        for (var sweep = 0; sweep < steps.Count; sweep++)
        {
            var changed = false;
            foreach (var step in steps)
            {
                var column = step.DependsOn.Where(columns.ContainsKey).Select(d => columns[d] + 1).DefaultIfEmpty(0).Max();
                changed |= column != columns[step.Node];
                columns[step.Node] = column;
            }

            if (!changed)
                break;
        }

        return columns;
    }

    private static double Barycentre(ReportedStep step, Dictionary<string, (int Column, double Row)> places) =>
        step.DependsOn.Where(places.ContainsKey).Select(d => places[d].Row).DefaultIfEmpty(0).Average();
}
