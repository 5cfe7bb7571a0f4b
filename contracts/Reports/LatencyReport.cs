namespace SparsePipeline.Contracts;

/// <summary>How long the layers of a network take, measured: another measurement gives other figures.</summary>
/// <param name="Machine">Processor, cores, operating system and versions.</param>
/// <param name="Threads">Threads either way may use.</param>
/// <param name="Batch">Examples at a time.</param>
/// <param name="Layers">Every linear layer and two-dimensional convolution, in the order of use.</param>
public sealed record LatencyReport(string Machine, int Threads, int Batch, IReadOnlyList<LayerLatency> Layers);
