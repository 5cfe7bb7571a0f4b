namespace SparsePipeline.Client;

/// <summary>Something that may be changed, and the version it has.</summary>
/// <typeparam name="T">What it is.</typeparam>
/// <param name="Value">As it was read or written.</param>
/// <param name="Version">Given with a change, which is refused with 412 when somebody else has changed it since.</param>
public sealed record Versioned<T>(T Value, string Version);
