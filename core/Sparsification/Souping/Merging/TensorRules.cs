using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>What a merge says about every tensor, and its execution run by run.</summary>
internal sealed class TensorRules
{
    private readonly CandidateSet _candidates;
    private readonly IReadOnlyList<SoupMember> _members;
    private readonly TensorRule?[] _rules;

    /// <summary>Lets the merge look at every parameter, several side by side.</summary>
    public TensorRules(CandidateSet candidates, IReadOnlyList<SoupMember> members, ITensorMerge merge, int threads)
    {
        (_candidates, _members, _rules) = (candidates, members, new TensorRule?[candidates.Tensors.Count]);
        Chunk[] tensors = [.. candidates.Tensors.Select((t, i) => (t, i)).Where(t => Parameters.Includes(t.t)).Select(t => new Chunk(t.i, 0, 0))];
        Workers.Run(tensors, threads, NewReader, (chunk, reader) =>
            _rules[chunk.Tensor] = merge.Look(new TensorReading(reader, candidates.Tensors[chunk.Tensor], Kept(candidates.Tensors[chunk.Tensor]))));
    }

    /// <summary>What the report tells; empty when the merge says nothing.</summary>
    public IReadOnlyList<MergedTensor> Figures =>
        [.. _rules.Select((r, i) => (r?.Figures, i)).Where(r => r.Figures is not null).Select(r => new MergedTensor(_candidates.Tensors[r.i].Name, r.Figures!))];

    public RunReader NewReader() => new(_members, _candidates.Anchor?.State);

    /// <summary>Whether the tensor is merged here and not averaged.</summary>
    public bool Has(int tensor) => _rules[tensor] is not null;

    /// <summary>Merges one run and writes it.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/> or <see cref="FailureCodes.NotFinite"/>.</exception>
    public void Write(Chunk block, RunReader reader, Span<double> merged, StateDictWriter writer)
    {
        var tensor = _candidates.Tensors[block.Tensor];
        _rules[block.Tensor]!.Merge(reader.Read(tensor, block), merged);
        if (!AllFinite(merged))
            throw MergeFailures.NotFinite(tensor, block, Everybody);
        if (_candidates.Mask?.Find(tensor.Name) is { } mask)
        {
            MergeFailures.CheckZeros(mask, block, Everybody);
            MaskedFill.Where0(merged, mask.Words[(int)(block.Start / 64)..], 0);
        }

        writer.WriteDoubles(tensor.Name, block.Start, merged);
    }

    private static bool AllFinite(ReadOnlySpan<double> numbers)
    {
        // x − x is 0 for every number but NaN and infinity, for which it is NaN.
        var zero = 0.0;
        foreach (var number in numbers)
            zero += number - number;
        return zero == 0;
    }

    private IEnumerable<SoupMember> Everybody => _candidates.Anchor is { } anchor ? _members.Append(anchor) : _members;

    private long Kept(TensorInfo tensor) => _candidates.Mask?.Find(tensor.Name)?.Kept ?? tensor.Count;
}
