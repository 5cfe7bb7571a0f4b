using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>What a sweep shows of the members of the last cycle, as means over the seeds; null where nothing was measured.</summary>
internal static class SweepFigures
{
    public static double? Distance(StudyCellReport cell) => Last(cell).Average(c => c.Distance);

    public static double? Barrier(StudyCellReport cell) => Last(cell).Average(c => c.Barrier);

    public static double? Members(StudyCellReport cell) => Last(cell).Average(c => (double?)c.Members);

    private static IEnumerable<StudyCycle> Last(StudyCellReport cell) => cell.Runs.Where(r => r.Cycles.Count > 0).Select(r => r.Cycles[^1]);
}
