using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Souping;
using SparsePipeline.Sparsification.Tests.Pruning;

namespace SparsePipeline.Sparsification.Tests.Conformance;

/// <summary>What methods say of themselves is what they do: planner and rules believe it.</summary>
public sealed class TraitConformanceTests : IDisposable
{
    private readonly Files _files = new();

    public static TheoryData<string> NamesOfPruners => new(Pruners.Registry.Infos.Where(NeedsWeightsAlone).Select(p => p.Name));

    public static TheoryData<string> NamesOfPolicies => new(MaskPolicies.Registry.All.Select(p => p.Info.Name));

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(NamesOfPruners))]
    public void A_pruner_needs_a_seed_exactly_when_another_seed_gives_another_mask(string name)
    {
        (Cut(name, 1).Mask.Digest != Cut(name, 2).Mask.Digest).ShouldBe(Pruners.Registry.Find(name).Info.Needs.HasFlag(MethodNeeds.Seed));
    }

    [Theory]
    [MemberData(nameof(NamesOfPruners))]
    public void A_pruner_is_idle_exactly_when_it_prunes_nothing(string name)
    {
        (Cut(name, 1).Mask.Sparsity == 0).ShouldBe(Pruners.Registry.Find(name).Info.Traits.HasFlag(MethodTraits.Idle));
    }

    [Theory]
    [MemberData(nameof(NamesOfPolicies))]
    public void A_policy_cuts_again_exactly_when_it_needs_a_cut(string name)
    {
        var (first, second) = (Cut("random", 1), Cut("random", 2));
        using var average = StateDict.Open(first.Checkpoint);

        void Apply() => MaskPolicies.Registry.Find(name).Apply(average, [first.Mask, second.Mask], recut: null, _files.NewPath());

        if (MaskPolicies.Registry.Find(name).Info.Traits.HasFlag(MethodTraits.CutsAgain))
            Should.Throw<DomainException>(Apply).Failure.Code.ShouldBe(FailureCodes.InvalidOption);
        else
            Apply();
    }

    // What needs more is cut in tests of its own.
    private static bool NeedsWeightsAlone(MethodInfo pruner) => (pruner.Needs & ~MethodNeeds.Seed) == MethodNeeds.None;

    private PruneCase Cut(string pruner, long seed)
    {
        var weights = Enumerable.Range(1, 64).Select(i => (float)((i * 37 % 64) + 1)).ToArray();
        var path = new TestModel([(8, 8, weights)]).Save(_files);
        return PruneCase.Run(_files, path, new PruneRequest { Method = MethodSpec.Of(pruner), Sparsity = 0.5, Seed = seed, Tensors = new TestModel([(8, 8, weights)]).Tensors });
    }
}
