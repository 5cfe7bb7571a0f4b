using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Averages or merges candidates tensor by tensor, streaming: memory is a few blocks per thread whatever the size of the model.</summary>
internal sealed class Merger(CandidateSet candidates, int threads)
{
    /// <summary>Writes Σ λᵢ wᵢ of the members.</summary>
    /// <param name="members">Indices of candidates.</param>
    /// <param name="weights">λ, one per member, adding up to 1; null for 1/n each.</param>
    /// <param name="target">Where to write it, and as what.</param>
    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.MaskMismatch"/>: a weight that the mask prunes is not zero; <see cref="FailureCodes.NotFinite"/>.
    /// </exception>
    public void Write(IReadOnlyList<int> members, IReadOnlyList<double>? weights, CheckpointTarget target)
    {
        using var writer = target.Create(candidates.Tensors, SharedMetadata.Of([.. members.Select(m => candidates.States[m])]));
        Fill(writer, members, weights);
        writer.Complete();
    }

    /// <summary>As <see cref="Write(IReadOnlyList{int}, IReadOnlyList{double}?, CheckpointTarget)"/>, into one file.</summary>
    public void Write(IReadOnlyList<int> members, IReadOnlyList<double>? weights, string path) => Write(members, weights, new CheckpointTarget(path));

    /// <summary>Writes a mix; returns what its merge tells of the tensors.</summary>
    /// <inheritdoc cref="Write(IReadOnlyList{int}, IReadOnlyList{double}?, CheckpointTarget)" path="/exception"/>
    public IReadOnlyList<MergedTensor> Write(SoupMix mix, CheckpointTarget target)
    {
        if (mix.Merge is null)
        {
            Write(mix.Members, mix.Weights, target);
            return [];
        }

        var rules = new TensorRules(candidates, InOrder(mix.Members, mix.Weights), mix.Merge, threads);
        using var writer = target.Create(candidates.Tensors, SharedMetadata.Of([.. mix.Members.Select(m => candidates.States[m])]));
        Fill(writer, mix.Members, mix.Weights, rules);
        writer.Complete();
        return rules.Figures;
    }

    /// <summary>As <see cref="Write(IReadOnlyList{int}, IReadOnlyList{double}?, CheckpointTarget)"/>, into files that are open already.</summary>
    public void Fill(StateDictWriter writer, IReadOnlyList<int> members, IReadOnlyList<double>? weights, TensorRules? rules = null)
    {
        var ordered = InOrder(members, weights);
        var scale = weights is null ? 1.0 / members.Count : 1;
        var chunks = Chunk.Split(candidates.Tensors.Select((t, i) => (i, t.Units)));
        bool[] wide = [.. candidates.Tensors.Select(t => t.IsFloat && IsWide(t, ordered, writer))];
        Workers.Run(chunks, threads, () => new MergeBuffers(ordered, scale), (chunk, buffers) =>
        {
            var tensor = candidates.Tensors[chunk.Tensor];
            if (rules?.Has(chunk.Tensor) == true)
                foreach (var block in chunk.Blocks(TensorRun.Most))
                    rules.Write(block, buffers.Reader(rules), buffers.WideScratch(block.Count), writer);
            else if (tensor.IsFloat)
                foreach (var block in chunk.Blocks(MergeBuffers.Block))
                    if (wide[chunk.Tensor])
                        AverageWide(tensor, block, buffers, writer);
                    else
                        Average(tensor, block, buffers, writer);
            else
                Copy(CarriedTensors.Source(tensor, ordered), tensor, chunk, writer);
        });
    }

    private SoupMember[] InOrder(IReadOnlyList<int> members, IReadOnlyList<double>? weights)
    {
        SoupMember[] ordered = [.. members.Select((m, i) => new SoupMember(m, candidates.States[m], weights?[i] ?? 1) { Statistics = candidates.Statistics(m) })];
        Array.Sort(ordered, (a, b) => CanonicalOrder.Compare(a.State, b.State) is var order and not 0 ? order : a.Factor.CompareTo(b.Factor));
        return ordered;
    }

    private void Average(TensorInfo tensor, Chunk block, MergeBuffers buffers, StateDictWriter writer)
    {
        buffers.Load(tensor, block);
        var inPlace = tensor.Type == TensorType.F32;
        var mean = inPlace ? writer.Floats(tensor.Name, block.Start, block.Count) : buffers.Scratch(block.Count);
        var mask = candidates.Mask?.Find(tensor.Name);
        if (!WeightedMean.Of(buffers.Rows, buffers.Factors, buffers.Scale, mean, stream: inPlace && mask is null))
            throw MergeFailures.NotFinite(tensor, block, buffers.Members);
        if (mask is not null)
        {
            MergeFailures.CheckZeros(mask, block, buffers.Members);
            MaskedFill.Where0(mean, mask.Words[(int)(block.Start / 64)..], 0);
        }

        if (!inPlace)
            writer.WriteFloats(tensor.Name, block.Start, mean);
    }

    private void AverageWide(TensorInfo tensor, Chunk block, MergeBuffers buffers, StateDictWriter writer)
    {
        buffers.LoadWide(tensor, block);
        var mean = buffers.WideScratch(block.Count);
        if (!WideMean.Of(buffers.Rows, buffers.Factors, mean))
            throw MergeFailures.NotFinite(tensor, block, buffers.Members);
        if (candidates.Mask?.Find(tensor.Name) is { } mask)
        {
            MergeFailures.CheckZeros(mask, block, buffers.Members);
            MaskedFill.Where0(mean, mask.Words[(int)(block.Start / 64)..], 0);
        }

        writer.WriteDoubles(tensor.Name, block.Start, mean);
    }

    /// <summary>F64, and whatever changes its type, is averaged in 64 bits and rounded once.</summary>
    private static bool IsWide(TensorInfo tensor, IEnumerable<SoupMember> members, StateDictWriter writer) =>
        writer.Find(tensor.Name)!.Type is var type && (type == TensorType.F64 || members.Any(m => m.State.Find(tensor.Name)!.Type != type));

    private static void Copy(StateDict source, TensorInfo tensor, Chunk chunk, StateDictWriter writer) =>
        writer.WriteBytes(tensor.Name, chunk.Start, source.Bytes(tensor.Name, chunk.Start, chunk.Count));
}
