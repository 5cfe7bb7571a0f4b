namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>Names of the sources and meters, for collectors.</summary>
public static class TelemetryNames
{
    /// <summary>Source of step spans and meter of step metrics.</summary>
    public const string Steps = "SparsePipeline.Steps";

    /// <summary>Meter of the stores.</summary>
    public const string Artifacts = "SparsePipeline.Artifacts";

    /// <summary>Source of job spans and meter of the runner processes.</summary>
    public const string Runners = "SparsePipeline.Runners";

    /// <summary>Every source and meter starts with this.</summary>
    public const string All = "SparsePipeline.*";
}
