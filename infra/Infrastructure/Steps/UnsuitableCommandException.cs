namespace SparsePipeline.Infrastructure.Steps;

/// <summary>A command this worker must not obey; it goes to the error queue at once, and no result is stored under its key.</summary>
/// <param name="message">What is wrong with the command.</param>
public sealed class UnsuitableCommandException(string message) : Exception(message);
