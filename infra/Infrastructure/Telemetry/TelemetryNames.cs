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

    /// <summary>Meter of the gateway.</summary>
    public const string Gateway = "SparsePipeline.Gateway";

    /// <summary>Source and meter of the bus library.</summary>
    public const string Bus = "MassTransit";

    /// <summary>Meter of .NET itself: memory, garbage collection, threads.</summary>
    public const string Runtime = "System.Runtime";

    /// <summary>Every source and meter of our own starts with this.</summary>
    public const string All = "SparsePipeline.*";
}
