namespace SparsePipeline.Chaos.Schedule;

/// <summary>One fault of a schedule.</summary>
/// <param name="Index">Position, from 0.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Pause">Time between the fault before and this one.</param>
/// <param name="Seed">Decides everything about it that is left to chance: its victim, its length, its moment.</param>
internal sealed record PlannedFault(int Index, FaultKind Kind, TimeSpan Pause, int Seed);
