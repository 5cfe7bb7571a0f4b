using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Streams;

/// <summary>An event as streams send it.</summary>
/// <param name="Number">Its place among those of this process.</param>
/// <param name="Event">What it says.</param>
/// <param name="Frame">Its bytes, the same for every stream.</param>
/// <param name="At">When this process had it, by its stopwatch.</param>
internal sealed record StreamedEvent(long Number, OutgoingEvent Event, ReadOnlyMemory<byte> Frame, long At);
