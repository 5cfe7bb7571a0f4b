namespace SparsePipeline.Gateway.Webhooks.Sending;

/// <summary>A host that nothing is sent to.</summary>
/// <param name="message">Why, for whoever wrote the webhook.</param>
internal sealed class RefusedAddressException(string message) : Exception(message);
