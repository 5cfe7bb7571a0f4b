namespace SparsePipeline.Contracts;

/// <summary>An event that was taken in.</summary>
/// <param name="EventKey">Names it here.</param>
/// <param name="State">How far it has come.</param>
public sealed record EventAnswer(string EventKey, string State);
