namespace SparsePipeline.Planning;

/// <summary>Where one step of a run stands.</summary>
public enum StepState
{
    /// <summary>An input does not exist yet.</summary>
    Waiting,

    /// <summary>All inputs exist, the result does not: it may be claimed and run.</summary>
    Ready,

    /// <summary>Its result exists.</summary>
    Done,

    /// <summary>It ended for good without outputs.</summary>
    Failed,

    /// <summary>An input failed, so it will never run.</summary>
    Unreachable,
}
