namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>How a step ended in this process.</summary>
public static class StepOutcomes
{
    /// <summary>Its outputs are stored.</summary>
    public const string Done = "done";

    /// <summary>For good, with a reason.</summary>
    public const string Failed = "failed";

    /// <summary>By an error that another try may not meet.</summary>
    public const string Faulted = "faulted";

    /// <summary>Because its run was cancelled or the process stops.</summary>
    public const string Cancelled = "cancelled";
}
