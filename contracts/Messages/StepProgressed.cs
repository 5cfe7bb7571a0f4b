namespace SparsePipeline.Contracts;

/// <summary>Event: how far a running step is; for people who watch, nothing depends on it.</summary>
public sealed record StepProgressed
{
    public required string RunId { get; init; }

    public required string StepKey { get; init; }

    /// <summary>Fraction done, in [0, 1].</summary>
    public required double Fraction { get; init; }

    /// <summary>What is happening, for example <c>epoch 3/10, loss 0.214</c>.</summary>
    public required string Message { get; init; }

    public required DateTimeOffset At { get; init; }
}
