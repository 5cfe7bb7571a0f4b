using Microsoft.Extensions.Logging;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>Names the run and the step on every line logged while a step is worked on.</summary>
public static class StepLogScope
{
    /// <summary>Dispose to leave the scope.</summary>
    public static IDisposable? BeginStep(this ILogger logger, string runId, string stepKey) =>
        logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["RunId"] = runId, ["StepKey"] = stepKey });
}
