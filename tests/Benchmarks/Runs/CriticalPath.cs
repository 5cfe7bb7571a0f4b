using SparsePipeline.Contracts;

namespace SparsePipeline.Benchmarks;

/// <summary>The chain of computations that decided how long a run took.</summary>
/// <remarks>
/// From the step that ended last, each time to the step that ended last before the present one began: that is what it waited for,
/// whether for its result or for its runner.
/// </remarks>
internal static class CriticalPath
{
    /// <summary>Compute time on the chain, in seconds.</summary>
    public static double Seconds(IReadOnlyCollection<StepResult> results)
    {
        var total = 0.0;
        for (var step = results.MaxBy(r => r.CompletedAt); step is not null; step = Before(results, step))
            total += step.Seconds;
        return total;
    }

    private static StepResult? Before(IReadOnlyCollection<StepResult> results, StepResult step)
    {
        var begin = step.CompletedAt - TimeSpan.FromSeconds(step.Seconds);
        return results.Where(r => r.CompletedAt <= begin && r.Key != step.Key).MaxBy(r => r.CompletedAt);
    }
}
