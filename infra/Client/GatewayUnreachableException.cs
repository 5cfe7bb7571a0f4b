namespace SparsePipeline.Client;

/// <summary>Nothing that is a gateway answered, however often it was tried.</summary>
public sealed class GatewayUnreachableException(string message, Exception? innerException = null) : IOException(message, innerException);
