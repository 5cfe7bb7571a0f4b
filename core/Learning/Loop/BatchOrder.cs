using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Loop;

/// <summary>Which examples an epoch's updates see, from (seed, epoch) alone: no generator state has to be resumed.</summary>
internal sealed class BatchOrder(int examples, int batchSize, long seed)
{
    /// <summary>
    /// Updates per epoch. The last batch may be short, but a single left-over example is dropped: BatchNorm cannot normalise it.
    /// </summary>
    public int BatchesPerEpoch { get; } =
        Math.Max(1, (examples + batchSize - 1) / batchSize - (examples % batchSize == 1 && batchSize > 1 ? 1 : 0));

    /// <summary>Batches of example positions; epochs count from 0.</summary>
    public IEnumerable<int[]> Epoch(int epoch) => SeededRandom
        .Permutation(examples, SeedDerivation.Derive(seed, "batch-order", epoch))
        .Chunk(batchSize)
        .Take(BatchesPerEpoch);
}
