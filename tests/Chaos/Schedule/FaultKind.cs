namespace SparsePipeline.Chaos.Schedule;

/// <summary>A kind of fault and how often it comes.</summary>
/// <param name="Name">Name in the table of docs/reliability.md.</param>
/// <param name="Weight">Its share among all faults, relative to the other weights.</param>
internal sealed record FaultKind(string Name, int Weight);
