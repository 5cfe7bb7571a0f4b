namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The start of a bus came to nothing and cannot be undone: only another bus, in a host built anew, may succeed.</summary>
public sealed class BusStuckException(string message, Exception cause) : IOException(message, cause);
