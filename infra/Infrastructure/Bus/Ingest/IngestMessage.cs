namespace SparsePipeline.Infrastructure.Bus.Ingest;

/// <summary>A message as it came from the broker.</summary>
/// <param name="ContentType">Null when the sender said none.</param>
/// <param name="Headers">Their values as text.</param>
/// <param name="Body">Its bytes.</param>
public sealed record IngestMessage(string? ContentType, IReadOnlyDictionary<string, string> Headers, byte[] Body);
