using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Measures the layers of a network, dense and sparse.</summary>
/// <param name="Checkpoint">Local safetensors file on the machine both processes share.</param>
/// <param name="Batch">Examples at a time, at least 1.</param>
public sealed record BenchModelRequest(string Checkpoint, ModelSpec Model, DataSpec Data, int Batch) : IRunnerRequest<LatencyReport>
{
    /// <inheritdoc />
    public static string Job => "bench-model";
}
