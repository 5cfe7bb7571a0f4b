namespace SparsePipeline.Infrastructure.Bus;

/// <summary>How the broker's administrator recognises a connection.</summary>
internal static class ConnectionName
{
    /// <summary>Program, host and process.</summary>
    public static string OfThisProcess { get; } =
        $"{AppDomain.CurrentDomain.FriendlyName}@{Environment.MachineName}:{Environment.ProcessId}";
}
