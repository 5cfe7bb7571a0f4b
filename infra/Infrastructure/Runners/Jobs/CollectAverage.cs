using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Collects what comes into the layers of a network that is stored nowhere: an average that is to be cut. Files are local to the machine both processes share.</summary>
/// <param name="Checkpoint">Safetensors file.</param>
/// <param name="Mask">File of the mask that the cut stays within.</param>
/// <param name="Statistics">Where to write the statistics.</param>
/// <param name="Solution">Where to write the layers, where they are cut in order by a pruner that solves them.</param>
/// <param name="Soup">The step whose average it is: its model, data, sample and cut.</param>
public sealed record CollectAverageRequest(string Checkpoint, string Mask, string Statistics, string Solution, SoupSpec Soup) : IRunnerRequest<CollectAverageReply>
{
    /// <inheritdoc />
    public static string Job => "collect-average";
}

/// <summary>What was written.</summary>
/// <param name="Solved">Whether the solution was.</param>
public sealed record CollectAverageReply(bool Solved);
