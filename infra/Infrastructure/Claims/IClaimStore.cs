namespace SparsePipeline.Infrastructure.Claims;

/// <summary>Who speaks for which step. All of it is conditional writes, so of many who try at once one succeeds.</summary>
public interface IClaimStore
{
    /// <summary>
    /// Marks a step as sent; true when nobody spoke for it, and its command is to be sent now. Every repetition doubles the time after which
    /// an unanswered command counts as lost.
    /// </summary>
    Task<bool> TryMarkSentAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Claims a step for a process: from nobody, from a mark, from an owner that is gone or silent for its lease, or again for itself.
    /// Null when another holds it.
    /// </summary>
    Task<ClaimGrant?> TryClaimAsync(string key, string owner, CancellationToken cancellationToken);

    /// <summary>Extends the owner's claim; false when somebody else has taken it over, and the work must stop.</summary>
    Task<bool> HeartbeatAsync(string key, string owner, CancellationToken cancellationToken);

    /// <summary>Turns the owner's claim into a sent mark for the continuation; false when somebody else has taken it over.</summary>
    Task<bool> TryHandOnAsync(string key, string owner, CancellationToken cancellationToken);

    /// <summary>Gives the claim up so that another may take it at once; the sitting does not count as an attempt.</summary>
    Task ReleaseAsync(string key, string owner, CancellationToken cancellationToken);

    /// <summary>Withdraws a sent mark whose command is not under way any more; a claim that is held stays.</summary>
    Task WithdrawAsync(string key, CancellationToken cancellationToken);

    /// <summary>Lets the step rest after an exception: no sweep sends it again before the pause is over.</summary>
    Task PauseAsync(string key, string owner, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Lets a step rest whose command this process cannot obey; false when nobody ever spoke for it, so that no dispatcher can have sent the command.
    /// </summary>
    Task<bool> TryLeaveAsync(string key, string reason, CancellationToken cancellationToken);

    /// <summary>Lets a step rest that its holder cannot do and another may; it does not count as an attempt.</summary>
    Task RestAsync(string key, string owner, string reason, CancellationToken cancellationToken);

    /// <summary>Who speaks for the step; a claim that was silent for its lease is given up for its owner.</summary>
    Task<ClaimLook> LookAsync(string key, CancellationToken cancellationToken);

    /// <summary>What the claim of a step says now, and changes nothing; null when nobody ever spoke for the step.</summary>
    Task<ClaimStanding?> StandingAsync(string key, CancellationToken cancellationToken);

    /// <summary>Forgets the attempts so far, because somebody has mended what made the step fail; whoever ended it holds it no more.</summary>
    Task ForgetAsync(string key, CancellationToken cancellationToken);
}
