namespace SparsePipeline.Chaos.Broker;

/// <summary>What a <see cref="Detour"/> does to messages.</summary>
internal enum DetourMode
{
    /// <summary>Each comes two to four times.</summary>
    Double,

    /// <summary>Each comes up to three seconds late.</summary>
    Delay,

    /// <summary>Those of a second or so come in any order.</summary>
    Shuffle,
}
