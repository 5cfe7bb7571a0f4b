namespace SparsePipeline.Infrastructure.Runners;

/// <summary>How long the layers of a network take.</summary>
/// <param name="Threads">Threads either way may use.</param>
/// <param name="Batch">Examples at a time.</param>
/// <param name="Layers">Every linear layer and convolution, in the order of use.</param>
public sealed record BenchModelReply(int Threads, int Batch, IReadOnlyList<LayerLatency> Layers);
