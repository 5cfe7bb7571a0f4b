using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Tests.Pruning;

namespace SparsePipeline.Sparsification.Tests.Conformance;

/// <summary>What every pruner promises under every allocation and every structure that can have any density; a new one is tested the moment it is registered.</summary>
public sealed class PrunerConformanceTests : IDisposable
{
    private const int Cases = 25;

    /// <summary>There are many structures, and what all share is tested with each of them.</summary>
    private const int CasesOfUnits = 3;

    private readonly Files _files = new();

    public static TheoryData<string, string, string> Combinations => new(
        from pruner in Pruners.Registry.All
        from allocation in Allocations.Registry.All
        where allocation.ProblemWith(pruner) is null
        from structure in Structures.Registry.All
        where structure.Density is null && StructureFit.Problem(structure, pruner, allocation, 0) is null
        select (pruner.Info.Name, allocation.Info.Name, structure.Info.Name));

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Combinations))]
    public void The_kept_count_is_exact_or_less_than_a_unit_per_layer_lower_and_the_checkpoint_is_the_old_one_under_the_mask(string pruner, string allocation, string structure) =>
        ForAll(pruner, allocation, structure, (model, request) =>
        {
            var cut = PruneCase.Run(_files, model.Save(_files), request);
            var requested = model.Weights - (long)Math.Round(model.Weights * request.Sparsity, MidpointRounding.AwayFromZero);
            var keep = Pruners.Registry.Find(pruner).Keep(requested, model.Weights);
            cut.Mask.Kept.ShouldBeInRange(keep - Units(model, structure).Sum(u => u - 1), keep);
            cut.Report.Sparsity.ShouldBe(cut.Mask.Sparsity);
            cut.Report.TargetSparsity.ShouldBe(Units(model, structure).Any(u => u > 1) ? request.Sparsity : null);
            for (var i = 0; i < model.Layers.Length; i++)
            {
                var mask = cut.Mask.Find($"layer{i}.weight")!;
                // A pruner that solves layers gives those that stay other values, which tests of its own look at.
                var kept = Pruners.Registry.Find(pruner) is ILayerSolver ? Files.Read(cut.Checkpoint, mask.Name) : model.Layers[i].Values;
                Files.Read(cut.Checkpoint, mask.Name).ShouldBe(kept.Select((w, at) => mask.IsKept(at) ? w : 0));
                Files.Read(cut.Checkpoint, $"layer{i}.bias").ShouldBe([i]);
                Files.Read(cut.Checkpoint, $"bn{i}.running_var").ShouldBe([1 + i]);
            }
        });

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Pruning_twice_at_one_sparsity_changes_nothing(string pruner, string allocation, string structure) =>
        ForAll(pruner, allocation, structure, (model, request) =>
        {
            var once = PruneCase.Run(_files, model.Save(_files), request);
            var twice = PruneCase.Run(_files, once.Checkpoint, request with { PreviousMask = once.Mask });
            twice.Mask.Digest.ShouldBe(once.Mask.Digest);
            twice.Report.PrunedFraction.ShouldBe(0);
            File.ReadAllBytes(twice.Checkpoint).ShouldBe(File.ReadAllBytes(once.Checkpoint));
        });

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Masks_only_shrink_over_cycles(string pruner, string allocation, string structure) =>
        ForAll(pruner, allocation, structure, (model, request) =>
        {
            var checkpoint = model.Save(_files);
            SparsityMask? previous = null;
            foreach (var sparsity in SparsitySchedules.Find(GeometricSchedule.Name).Levels(request.Sparsity, 3))
            {
                // The same dense weights again, as if retraining had made every pruned weight large: it must stay pruned.
                var mask = PruneCase.Run(_files, checkpoint, request with { Sparsity = sparsity, PreviousMask = previous }).Mask;
                (previous is null || mask.IsSubsetOf(previous)).ShouldBeTrue();
                previous = mask;
            }
        });

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Neither_the_order_of_layers_nor_the_number_of_threads_matters(string pruner, string allocation, string structure) =>
        ForAll(pruner, allocation, structure, (model, request) =>
        {
            var first = PruneCase.Run(_files, model.Save(_files), request, threads: 1);
            var second = PruneCase.Run(_files, model.Save(_files, reversed: true), request, threads: 3);
            second.Mask.Digest.ShouldBe(first.Mask.Digest);
            File.ReadAllBytes(second.Checkpoint).ShouldBe(File.ReadAllBytes(first.Checkpoint));
            second.Report.NormDrop.ShouldBe(first.Report.NormDrop);
        });

    /// <summary>Sparsities that leave a weight: what leaves none is refused, and tested elsewhere.</summary>
    private void ForAll(string pruner, string allocation, string structure, Action<TestModel, PruneRequest> property) =>
        Gen.Select(TestModel.Any, Gen.Double[0, 0.99], Gen.Long)
            .Select((model, sparsity, drawn) => (model, sparsity: Reachable(model, structure, sparsity), drawn))
            .Where((model, sparsity, _) => model.Weights - Math.Round(model.Weights * sparsity, MidpointRounding.AwayFromZero) >= 1)
            .Sample(
                (model, sparsity, seed) => property(model, MadeStatistics.For(_files, model.Save(_files), new PruneRequest
                {
                    Method = MethodSpec.Of(pruner),
                    Sparsity = sparsity,
                    Allocation = allocation,
                    Structure = structure,
                    Seed = seed,
                    Tensors = model.Tensors,
                })),
                iter: structure == UnstructuredStructure.Name ? Cases : CasesOfUnits,
                threads: 1);

    /// <summary>Leaves every layer the weights of a unit and the last all it has, which is enough for any structure.</summary>
    private static double Reachable(TestModel model, string structure, double sparsity) => structure == UnstructuredStructure.Name
        ? sparsity
        : sparsity * Math.Max(0, 1 - ((double)(Units(model, structure).Sum() + model.Layers[^1].Values.Length) / model.Weights));

    private static IEnumerable<long> Units(TestModel model, string structure) => model.Layers.Select((l, i) =>
        Structures.Find(structure).Unit(new PrunableTensor($"layer{i}.weight", [l.Rows, l.Columns], l.Values.Length, l.Values.Length)));
}
