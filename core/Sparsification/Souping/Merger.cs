using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Averages candidates tensor by tensor, streaming: memory is a few blocks per thread whatever the size of the model.</summary>
internal sealed class Merger(CandidateSet candidates, int threads)
{
    /// <summary>Writes Σ λᵢ wᵢ of the members.</summary>
    /// <param name="members">Indices of candidates.</param>
    /// <param name="weights">λ, one per member, adding up to 1; null for 1/n each.</param>
    /// <param name="path">The file to write.</param>
    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.MaskMismatch"/>: a weight that the mask prunes is not zero; <see cref="FailureCodes.NotFinite"/>.
    /// </exception>
    public void Write(IReadOnlyList<int> members, IReadOnlyList<double>? weights, string path)
    {
        using var writer = StateDictWriter.Create(path, candidates.Tensors);
        Fill(writer, members, weights);
        writer.Complete();
    }

    /// <summary>As <see cref="Write"/>, into a file that is open already.</summary>
    public void Fill(StateDictWriter writer, IReadOnlyList<int> members, IReadOnlyList<double>? weights)
    {
        var states = members.Select(m => candidates.States[m]).ToArray();
        var chunks = Chunk.Split(candidates.Tensors.Select((t, i) => (i, t.Count)));
        Workers.Run(chunks, threads, () => new Rows(members.Count), (chunk, rows) =>
        {
            var tensor = candidates.Tensors[chunk.Tensor];
            if (tensor.IsFloat)
                foreach (var block in chunk.Blocks())
                    Average(members, states, weights, tensor, block, rows, writer);
            else
                Copy(states[0], tensor, chunk, writer);
        });
    }

    private void Average(
        IReadOnlyList<int> members, StateDict[] states, IReadOnlyList<double>? weights, TensorInfo tensor, Chunk block, Rows rows, StateDictWriter writer)
    {
        for (var i = 0; i < states.Length; i++)
            states[i].ReadFloats(tensor.Name, block.Start, rows.Inputs[i].AsSpan(0, block.Count));
        var inPlace = tensor.Type == TensorType.F32;
        var mean = inPlace ? writer.Floats(tensor.Name, block.Start, block.Count) : rows.Mean.AsSpan(0, block.Count);
        var finite = weights is null ? Mean.Uniform(rows.Inputs, mean) : Mean.Weighted(rows.Inputs, weights, mean);
        if (!finite)
            throw NotFinite(members, tensor, block, rows);
        if (candidates.Mask?.Find(tensor.Name) is { } mask)
            CheckZeros(members, mask, block, rows, mean);
        if (!inPlace)
            writer.WriteFloats(tensor.Name, block.Start, mean);
    }

    /// <summary>Members first, because +1 and −1 would cancel in the mean; then the mean, because that is the promise.</summary>
    private static void CheckZeros(IReadOnlyList<int> members, TensorMask mask, Chunk block, Rows rows, ReadOnlySpan<float> mean)
    {
        var words = mask.Words[(int)(block.Start / 64)..];
        for (var i = 0; i < members.Count; i++)
            if (MaskedZeros.FirstViolation(rows.Inputs[i].AsSpan(0, block.Count), words) is var at and >= 0)
                throw new DomainException(
                    FailureCodes.MaskMismatch,
                    $"Candidate {members[i]} has {rows.Inputs[i][at]} in '{mask.Name}' at flat index {block.Start + at}, which the mask prunes.",
                    "Average candidates that were all trained under this mask.");
        if (MaskedZeros.FirstViolation(mean, words) is var index and >= 0)
            throw new InvalidOperationException($"The mean is not zero in '{mask.Name}' at flat index {block.Start + index} although all members are.");
    }

    private static DomainException NotFinite(IReadOnlyList<int> members, TensorInfo tensor, Chunk block, Rows rows)
    {
        for (var i = 0; i < members.Count; i++)
            if (rows.Inputs[i].AsSpan(0, block.Count).IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) is var at and >= 0)
                return new DomainException(
                    FailureCodes.NotFinite,
                    $"Candidate {members[i]} has {rows.Inputs[i][at]} in '{tensor.Name}' at flat index {block.Start + at}.",
                    "Leave out candidates whose training diverged.");
        return new DomainException(FailureCodes.NotFinite, $"The mean of '{tensor.Name}' overflows.", "Check the scale of its weights.");
    }

    private static void Copy(StateDict first, TensorInfo tensor, Chunk chunk, StateDictWriter writer)
    {
        var size = (int)(tensor.ByteLength / tensor.Count);
        first.Bytes(tensor.Name, chunk.Start * size, chunk.Count * size)
            .CopyTo(writer.Bytes(tensor.Name, chunk.Start * size, chunk.Count * size));
    }

    /// <summary>What one thread holds.</summary>
    private sealed class Rows(int members)
    {
        public float[][] Inputs { get; } = [.. Enumerable.Range(0, members).Select(_ => new float[Chunk.Block])];

        public float[] Mean { get; } = new float[Chunk.Block];
    }
}
