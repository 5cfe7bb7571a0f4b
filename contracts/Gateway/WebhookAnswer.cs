namespace SparsePipeline.Contracts;

/// <summary>A webhook as it is shown.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where events go.</param>
/// <param name="Types">Types of events, in which <c>*</c> stands for anything.</param>
/// <param name="DisabledAt">When it had failed too often; null while events are sent.</param>
/// <param name="DisabledBecause">What its last delivery came to.</param>
/// <param name="Secret">What events are signed with; shown when it was made here, once.</param>
public sealed record WebhookAnswer(string Name, string Url, IReadOnlyList<string> Types, DateTimeOffset? DisabledAt, string? DisabledBecause, string? Secret = null);
