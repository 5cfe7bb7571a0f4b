using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Building;

/// <summary>How large the network and the measured splits of a run are, as its report counts them.</summary>
public static class RunSizes
{
    /// <summary>Null when the run has no soup. Without training examples: no report counts them.</summary>
    public static StudySizes? Of(RunReport report)
    {
        if (report.Cycles.Count == 0)
            return null;
        var evaluation = report.Cycles[^1].Soup.Evaluation;
        var examples = new SortedDictionary<string, int>(StringComparer.Ordinal)
        {
            [StudySplits.Test] = evaluation.Test.Examples,
            [StudySplits.Validation] = evaluation.Validation.Examples,
        };
        foreach (var (name, split) in evaluation.Shifts)
            examples[StudySplits.Shift(name)] = split.Examples;
        if (evaluation.Shifts.Count > 0)
            examples[StudySplits.Shifted] = evaluation.Shifts.Values.Sum(s => s.Examples);
        return new StudySizes(evaluation.Compression?.Layers.Sum(l => l.Total), examples);
    }
}
