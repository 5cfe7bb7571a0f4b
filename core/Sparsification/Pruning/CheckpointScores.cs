using System.Buffers;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Scores of a mapped checkpoint, computed block by block as they are read.</summary>
internal sealed class CheckpointScores(StateDict source, PlannedCut cut, PruneRequest request, int parallelism) : IScoreSource
{
    private const float TakenOut = -1;

    private readonly long[] _seeds = [.. cut.Tensors.Select(t => SeedDerivation.Derive(request.Seed, $"prune/{t.Name}"))];
    private readonly Lazy<IScore>[] _scores =
        [.. cut.Tensors.Select(t => new Lazy<IScore>(() => cut.Pruner.Score.For(t, request.Statistics?.Find(t.Name, products: false))))];

    private readonly TensorInfo[] _infos = [.. cut.Tensors.Select(t => source.Find(t.Name)!)];

    private readonly bool _inPlace = cut.Pruner.Score is MagnitudeScore && request.PreviousMask is null;

    public IReadOnlyList<PrunableTensor> Tensors => cut.Tensors;

    public int Parallelism => parallelism;

    public bool Averages => cut.Pruner.Score.Averages;

    public bool IsWide { get; } = cut.Tensors.Any(t => source.Find(t.Name)!.Type == TensorType.F64);

    public void Read(int tensor, long start, Span<double> scores)
    {
        var info = _infos[tensor];
        var rented = ArrayPool<double>.Shared.Rent(scores.Length);
        var weights = rented.AsSpan(0, scores.Length);
        source.ReadDoubles(info.Name, start, weights);
        _scores[tensor].Value.Score(new ScoreContext(info.Name, start, _seeds[tensor]), weights, scores);
        ArrayPool<double>.Shared.Return(rented);
        if (request.PreviousMask is { } mask)
            MaskedFill.Where0(scores, mask.Find(info.Name)!.Words[(int)(start / 64)..], TakenOut);
    }

    public void Read(int tensor, long start, Span<float> scores)
    {
        var info = _infos[tensor];
        var context = new ScoreContext(info.Name, start, _seeds[tensor]);
        if (info.Type == TensorType.F32)
            _scores[tensor].Value.Score(context, source.Floats(info.Name, start, scores.Length), scores);
        else
            ScoreConverted(_scores[tensor].Value, context, info, scores);
        if (request.PreviousMask is { } mask)
            MaskedFill.Where0(scores, mask.Find(info.Name)!.Words[(int)(start / 64)..], TakenOut);
    }

    /// <summary>The commonest case, the first cut by magnitude of 32-bit weights, is read in place.</summary>
    public ScoreRun View(int tensor, long start, Span<float> scratch)
    {
        if (_inPlace && _infos[tensor].Type == TensorType.F32)
            return new ScoreRun(source.Floats(_infos[tensor].Name, start, scratch.Length), ScoreRun.AllButSign);
        Read(tensor, start, scratch);
        return new ScoreRun(scratch, ScoreRun.AllBits);
    }

    private void ScoreConverted(IScore score, in ScoreContext context, TensorInfo info, Span<float> scores)
    {
        var rented = ArrayPool<float>.Shared.Rent(scores.Length);
        var weights = rented.AsSpan(0, scores.Length);
        source.ReadFloats(info.Name, context.Start, weights);
        score.Score(context, weights, scores);
        ArrayPool<float>.Shared.Return(rented);
    }
}
