using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Building;

/// <summary>Looks up accuracies, or what else networks are compared by.</summary>
internal static class StudyAccuracy
{
    /// <summary>Null when the run has no such model, or nothing was measured on that split.</summary>
    public static double? Of(StudyRunReport run, string model, string split) =>
        run.Models.FirstOrDefault(m => m.Name == model)?.Accuracies.TryGetValue(split, out var accuracy) == true ? accuracy : null;

    /// <summary>By how much the soups of a cell are better than another model, by seed.</summary>
    public static IEnumerable<KeyValuePair<long, double>> Gains(StudyCellReport cell, string other, string split) =>
        from difference in Differences(cell.Runs, StudyModel.Soup, other, split)
        select KeyValuePair.Create(difference.Key, Compared.Of(cell).Gain(difference.Value, 0));

    /// <summary>One model minus another in the runs that have both, by seed.</summary>
    public static IEnumerable<KeyValuePair<long, double>> Differences(IEnumerable<StudyRunReport> runs, string model, string other, string split) =>
        from run in runs
        let difference = Of(run, model, split) - Of(run, other, split)
        where difference is not null
        select KeyValuePair.Create(run.Seed, difference.Value);
}
