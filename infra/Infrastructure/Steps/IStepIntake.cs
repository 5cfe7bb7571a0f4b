using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>
/// How a process comes to the steps of one kind it works on. On a bus of its own it claims what it can run; on a shared bus it sends
/// everything that is ready to the queue of the kind, and whoever is free claims it on arrival.
/// </summary>
public interface IStepIntake<TSpec>
    where TSpec : StepSpec
{
    /// <summary>Sittings without a result or progress after which a step fails visibly.</summary>
    int MaxAttempts { get; }

    /// <summary>Whether other processes plan and compute, too, so that a nudge means that what this one knows may be wrong.</summary>
    bool IsShared { get; }

    /// <summary>Speaks for a ready step; true when its command is to be sent now.</summary>
    Task<bool> TryTakeAsync(string key, CancellationToken cancellationToken);

    /// <summary>Takes <see cref="TryTakeAsync"/> back: the command is not under way, or its run was cancelled.</summary>
    Task ReturnAsync(string key);

    /// <summary>Begins a sitting; false when this process has one at the step already, so the command is a duplicate.</summary>
    bool TryStart(string key);

    /// <summary>Ends a sitting and speaks for the next one before its command is sent; false when another worker has taken the step over.</summary>
    Task<bool> TryContinueAsync(string key);

    /// <summary>
    /// Ends a sitting that a stopping process has interrupted and whose claim it has given up; true when the command is to be sent for another
    /// process to go on with.
    /// </summary>
    Task<bool> TryHandOverAsync(string key);

    /// <summary>Ends a sitting that threw: exceptions need a pause or a person, not a hundred tries a minute.</summary>
    Task FaultAsync(string key, Exception exception);

    /// <summary>Ends a sitting, or the wait for one.</summary>
    void End(string key);

    /// <summary>Leaves a step to workers that can obey its command; false when the command is to be refused instead.</summary>
    Task<bool> TryLeaveAsync(string key, string reason);
}
