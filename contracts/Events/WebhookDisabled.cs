namespace SparsePipeline.Contracts;

/// <summary>The data of the event that a webhook gets nothing more.</summary>
/// <param name="Webhook">Its name.</param>
/// <param name="Reason">What its last delivery came to.</param>
public sealed record WebhookDisabled(string Webhook, string Reason);
