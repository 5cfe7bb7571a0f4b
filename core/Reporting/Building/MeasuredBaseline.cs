using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Building;

/// <summary>A baseline that is one network, or several that vote, after each cycle.</summary>
internal static class MeasuredBaseline
{
    /// <param name="name">Its name.</param>
    /// <param name="perCycle">What was measured, at least once; the last is what the baseline is.</param>
    /// <param name="epochs">Retraining epochs behind it.</param>
    /// <returns>With a sparsity of 0, to be replaced.</returns>
    public static ReportedBaseline Of(string name, IReadOnlyList<MeasuredNetwork> perCycle, int epochs)
    {
        var last = perCycle[^1];
        return new ReportedBaseline
        {
            Name = name,
            Accuracy = last.Report.Test.Accuracy,
            ValidationAccuracy = last.Report.Validation.Accuracy,
            ShiftedAccuracy = last.Report.ShiftedAccuracy,
            ShiftAccuracies = last.Report.Shifts.ToDictionary(s => s.Key, s => s.Value.Accuracy, StringComparer.Ordinal),
            CorruptedAccuracy = last.Report.CorruptedAccuracy,
            Sparsity = 0,
            Epochs = epochs,
            Networks = last.Networks,
            CycleAccuracies = [.. perCycle.Select(m => m.Report.Test.Accuracy)],
            CycleShiftedAccuracies = Complete(perCycle.Select(m => m.Report.ShiftedAccuracy)),
            CycleCorruptedAccuracies = Complete(perCycle.Select(m => m.Report.CorruptedAccuracy)),
            Evaluation = last.Report,
        };
    }

    /// <summary>The values, or none when one is missing.</summary>
    public static double[] Complete(IEnumerable<double?> values) =>
        values.ToList() is var all && all.TrueForAll(v => v is not null) ? [.. all.Select(v => v!.Value)] : [];
}
