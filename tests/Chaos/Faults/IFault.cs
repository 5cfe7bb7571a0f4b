namespace SparsePipeline.Chaos.Faults;

/// <summary>A kind of fault: something that happens to processes, broker, store or messages.</summary>
internal interface IFault
{
    /// <summary>Name in the table of docs/reliability.md.</summary>
    string Name { get; }

    /// <summary>Its share among all faults, relative to the other weights.</summary>
    int Weight { get; }

    /// <summary>Why it cannot happen on this machine, or null.</summary>
    string? Impossible(Scene scene) => null;

    /// <summary>
    /// Does it and undoes it: a killed process runs again, a store is back. Returns what was done to whom, or null when the moment for it
    /// did not come.
    /// </summary>
    Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken);
}
