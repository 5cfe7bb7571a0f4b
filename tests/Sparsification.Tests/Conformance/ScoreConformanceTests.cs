using System.Text.Json;
using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Tests.Pruning;

namespace SparsePipeline.Sparsification.Tests.Conformance;

/// <summary>What every pruner's score promises.</summary>
public sealed class ScoreConformanceTests : IDisposable
{
    private readonly Files _files = new();

    public static TheoryData<string> Names => new(Pruners.Registry.All.Select(p => p.Info.Name));

    /// <summary>Pruners that solve layers keep what they find best, not what scores highest.</summary>
    public static TheoryData<string> NamesOfScores => new(Pruners.Registry.All.Where(p => p is not ILayerSolver).Select(p => p.Info.Name));

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Scores_are_finite_not_negative_and_do_not_depend_on_the_split_into_runs(string pruner) =>
        Gen.Select(Gen.Float[-10, 10].Array[1, 300], Gen.Int[0, 300], Gen.Long).Sample((weights, at, seed) =>
        {
            var tensor = new PrunableTensor("w", [1, weights.Length], weights.Length, weights.Length);
            var score = Pruners.Registry.Find(pruner).Score.For(tensor, new LayerStatistics("w", 2, [1, 2, 3], [0, 2, 8], null));
            var (whole, split) = (new float[weights.Length], new float[weights.Length]);
            at = Math.Min(at, weights.Length);
            score.Score(new ScoreContext("w", 0, seed), weights, whole);
            score.Score(new ScoreContext("w", 0, seed), weights.AsSpan(0, at), split.AsSpan(0, at));
            score.Score(new ScoreContext("w", at, seed), weights.AsSpan(at), split.AsSpan(at));
            whole.ShouldAllBe(s => s >= 0 && float.IsFinite(s));
            split.ShouldBe(whole);
        });

    [Theory]
    [MemberData(nameof(NamesOfScores))]
    public void Every_kept_score_is_at_least_every_dropped_one(string pruner) =>
        Gen.Select(TestModel.Any, Gen.Double[0, 0.5]).Sample(
            (model, sparsity) =>
            {
                var path = model.Save(_files);
                var request = MadeStatistics.For(_files, path, new PruneRequest { Method = OfLayers(pruner), Sparsity = sparsity, Allocation = GlobalAllocation.Name });
                var mask = PruneCase.Run(_files, path, request).Mask;
                using var state = StateDict.Open(path);
                var scores = new CheckpointScores(state, PlannedCut.Of(state, request), request, 1);
                var all = mask.Tensors.SelectMany((m, t) => Scored(scores, m, t)).ToList();
                var highestDropped = all.Where(s => !s.Kept).Select(s => s.Score).DefaultIfEmpty(-1).Max();
                all.Where(s => s.Kept).ShouldAllBe(s => s.Score >= highestDropped);
            },
            iter: 25,
            threads: 1);

    /// <summary>Where rows compete for themselves a low score in one may stay beside a higher one that goes in another.</summary>
    private static MethodSpec OfLayers(string pruner) => Pruners.Registry.Find(pruner).Info.Options.Any(o => o.Name == "group")
        ? new MethodSpec { Name = pruner, Options = new MethodOptions { ["group"] = JsonSerializer.SerializeToElement("layer") } }
        : MethodSpec.Of(pruner);

    private static IEnumerable<(float Score, bool Kept)> Scored(CheckpointScores scores, TensorMask mask, int tensor)
    {
        var values = new float[mask.Count];
        scores.Read(tensor, 0, values);
        return values.Select((score, i) => (score, mask.IsKept(i)));
    }
}
