using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Hooks;

/// <summary>What became of a message.</summary>
public sealed record HookReceipt
{
    /// <summary>Whether there was no news of a checkpoint in it.</summary>
    public bool? Ignored { get; init; }

    /// <summary>The event, when it was one.</summary>
    public string? EventKey { get; init; }

    /// <summary>How far that has come.</summary>
    public string? State { get; init; }

    /// <summary>The events, when there were several.</summary>
    public IReadOnlyList<EventAnswer>? Items { get; init; }
}
