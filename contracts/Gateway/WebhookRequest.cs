namespace SparsePipeline.Contracts;

/// <summary>A webhook that is to be made or changed.</summary>
/// <param name="Url">Where events go.</param>
/// <param name="Types">Types of events, in which <c>*</c> stands for anything.</param>
/// <param name="Secret"><c>whsec_</c> and base64 of 24 to 64 bytes; one is made for a new webhook, and that of a known one stays, when it is left out.</param>
public sealed record WebhookRequest(string Url, IReadOnlyList<string> Types, string? Secret = null);
