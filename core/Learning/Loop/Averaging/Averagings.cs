using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Loop.Averaging;

/// <summary>All trajectory averages; a new one is added here.</summary>
internal static class Averagings
{
    public static MethodRegistry<IAveraging> Registry { get; } = new(
        MethodAxes.Averaging,
        [
            new SwaAveraging(),
            new EmaAveraging(),
        ]);
}
