namespace SparsePipeline.Infrastructure.Claims;

/// <summary>The document <c>steps/{key}/claim.json</c>: who speaks for a step, and what came of the tries so far.</summary>
internal sealed record Claim
{
    /// <summary>Owner of a step whose command is under way; whoever receives the command takes the claim over at once.</summary>
    public const string Sent = "sent";

    /// <summary>Owner of a step that rests after an exception, or whose command nobody here can obey.</summary>
    public const string Paused = "paused";

    /// <summary>A process, <see cref="Sent"/>, <see cref="Paused"/>, or null when it was given up.</summary>
    public string? Owner { get; init; }

    /// <summary>When it was written, by the writer's clock; for people only.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How long it may stay unchanged, in seconds, before anybody may take it.</summary>
    public double LeaseSeconds { get; init; }

    /// <summary>Grows with every change, so that a holder that lives can be told from one that does not.</summary>
    public long Revision { get; init; }

    /// <summary>Times the command was sent since somebody last received it.</summary>
    public int Sends { get; init; }

    /// <summary>Sittings that began at <see cref="Since"/> and were not given up politely.</summary>
    public int Attempts { get; init; }

    /// <summary>Digest of the resume point <see cref="Attempts"/> count from; null is the beginning.</summary>
    public string? Since { get; init; }

    /// <summary>Sweeps that were finished so far, in the claim of the sweeper; null in those of steps.</summary>
    public long? Finished { get; init; }

    /// <summary>What the last exception said.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether a process holds it, rather than nobody or a mark.</summary>
    public bool IsHeld => Owner is not (null or Sent or Paused);
}
