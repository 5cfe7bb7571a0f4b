using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Tests.Pruning;

namespace SparsePipeline.Sparsification.Tests.Conformance;

/// <summary>What every structure that can have any density promises about groups and earlier cuts.</summary>
public sealed class StructureConformanceTests : IDisposable
{
    private readonly Files _files = new();

    public static TheoryData<string> Names => new(Structures.Registry.All.Where(s => s.Density is null).Select(s => s.Info.Name));

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_the_group_is_touched_and_only_what_is_left_is_chosen(string structure) =>
        TestModel.Any.Where(m => m.Layers.Length > 1 && m.Weights > 10).Sample(
            model =>
            {
                var path = model.Save(_files);
                var previous = PruneCase.Run(_files, path, RandomPruner.Name, 0.3).Mask;
                using var state = StateDict.Open(path);
                var request = new PruneRequest { Sparsity = 0.5, PreviousMask = previous, Tensors = model.Tensors };
                var scores = new CheckpointScores(state, PlannedCut.Of(state, request), request, 2);
                var unit = Structures.Find(structure).Unit(scores.Tensors[0]);
                var kept = Math.Min(scores.Tensors[0].Remaining, Math.Max(unit, scores.Tensors[0].Remaining / 2));
                ulong[][] words = [.. scores.Tensors.Select(t => new ulong[TensorMask.WordsFor(t.Total)])];

                Structures.Find(structure).Select(scores, [new CutGroup([0], kept)], words);

                words[0].Sum(w => (long)ulong.PopCount(w)).ShouldBeInRange(kept - unit + 1, kept);
                words[0].Select((word, i) => word & ~previous.Tensors[0].Words[i]).ShouldAllBe(w => w == 0);
                words[1..].SelectMany(w => w).ShouldAllBe(w => w == 0);
            },
            iter: 25,
            threads: 1);
}
