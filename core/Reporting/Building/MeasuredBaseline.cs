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
        return Named(last.Report, new BaselineMeasures
        {
            Test = last.Report.Test.Measure,
            Validation = last.Report.Validation.Measure,
            Shifted = last.Report.ShiftedMeasure,
            Shifts = last.Report.Shifts.ToDictionary(s => s.Key, s => s.Value.Measure, StringComparer.Ordinal),
            Corrupted = last.Report.CorruptedMeasure,
            Cycles = [.. perCycle.Select(m => m.Report.Test.Measure)],
            CyclesShifted = Complete(perCycle.Select(m => m.Report.ShiftedMeasure)),
            CyclesCorrupted = Complete(perCycle.Select(m => m.Report.CorruptedMeasure)),
        }) with
        {
            Name = name,
            Epochs = epochs,
            Networks = last.Networks,
            Evaluation = last.Report,
        };
    }

    /// <summary>A baseline with no more than these; accuracies are called what reports have always called them.</summary>
    public static ReportedBaseline Named(EvaluationReport evaluation, BaselineMeasures measures)
    {
        var baseline = new ReportedBaseline { Name = "", Sparsity = 0, Epochs = 0 };
        return evaluation.Test.Primary is not null ? baseline with { Measures = measures } : baseline with
        {
            Accuracy = measures.Test,
            ValidationAccuracy = measures.Validation,
            ShiftedAccuracy = measures.Shifted,
            ShiftAccuracies = measures.Shifts,
            CorruptedAccuracy = measures.Corrupted,
            CycleAccuracies = measures.Cycles,
            CycleShiftedAccuracies = measures.CyclesShifted,
            CycleCorruptedAccuracies = measures.CyclesCorrupted,
        };
    }

    /// <summary>The values, or none when one is missing.</summary>
    public static double[] Complete(IEnumerable<double?> values) =>
        values.ToList() is var all && all.TrueForAll(v => v is not null) ? [.. all.Select(v => v!.Value)] : [];
}
