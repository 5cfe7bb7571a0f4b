namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The broker does not let this process work with it now.</summary>
/// <param name="reason">What was tried and what came of it, without secrets.</param>
/// <param name="remedy">What the operator can do.</param>
/// <param name="inner">The client's error.</param>
public sealed class BrokerUnavailableException(string reason, string remedy, Exception inner) : IOException($"{reason} {remedy}", inner)
{
    /// <summary>What was tried and what came of it.</summary>
    public string Reason { get; } = reason;

    /// <summary>What the operator can do.</summary>
    public string Remedy { get; } = remedy;
}
