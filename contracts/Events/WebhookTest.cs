namespace SparsePipeline.Contracts;

/// <summary>The data of the event that is sent when somebody tries a webhook.</summary>
/// <param name="Webhook">Its name.</param>
public sealed record WebhookTest(string Webhook);
