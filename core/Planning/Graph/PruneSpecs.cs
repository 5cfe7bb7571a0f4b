using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Planning;

/// <summary>The cuts of a recipe.</summary>
internal static class PruneSpecs
{
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="source">The checkpoint that is cut.</param>
    /// <param name="before">The mask of the cut before; masks only shrink.</param>
    /// <param name="sparsity">Cumulative sparsity after the cut.</param>
    /// <param name="layers">The same of layers that have their own.</param>
    /// <param name="seed">As <see cref="Seed"/> says.</param>
    /// <param name="statistics">What comes into the layers of the checkpoint; null for pruners that go by weights alone.</param>
    public static PruneSpec Cut(
        Recipe recipe, ArtifactRef source, ArtifactRef? before, double sparsity, IReadOnlyDictionary<string, double>? layers, long seed, ArtifactRef? statistics = null) =>
        PruneSpec.Of(source, Rule(recipe, sparsity, layers)) with
        {
            Mask = before,
            KeepZeros = before is null && recipe.Sparsification.KeepZeros,
            Script = recipe.Model.Script,
            Statistics = statistics,
            Seed = seed,
        };

    /// <summary>Cuts nothing: its mask is the zeros that are there.</summary>
    public static PruneSpec Zeros(Recipe recipe, ArtifactRef network) => new()
    {
        AlgorithmVersion = PruneSpec.CurrentVersion,
        Checkpoint = network,
        Method = MethodSpec.Of(Pruners.Registry.Infos.First(p => p.Traits.HasFlag(MethodTraits.Idle))),
        Sparsity = 0,
        KeepZeros = true,
        Script = recipe.Model.Script,
    };

    /// <summary>The mask that all others stay within.</summary>
    public static PruneSpec Ceiling(Recipe recipe, CeilingRecipe ceiling, ArtifactRef source) =>
        PruneSpec.Of(source, Rule(recipe, ceiling.Sparsity, layers: null) with { Method = ceiling.Method, Allocation = null, Structure = MethodDefaults.Structure, Layout = null }) with
        {
            Script = recipe.Model.Script,
            Seed = NeedsOf(ceiling.Method.Name).HasFlag(MethodNeeds.Seed) ? SeedDerivation.Derive(recipe.Seed, "ceiling") : 0,
        };

    /// <summary>What the recipe's cuts are cut by, an average that is pruned again, and layers that are cut while statistics are collected.</summary>
    public static CutRule Rule(Recipe recipe, double sparsity, IReadOnlyDictionary<string, double>? layers) => new()
    {
        Method = recipe.Sparsification.Method,
        Sparsity = sparsity,
        Allocation = recipe.Sparsification.Allocation,
        Structure = recipe.Sparsification.Structure,
        Exclude = recipe.Sparsification.Exclude is { Count: > 0 } exclude ? exclude : null,
        Include = recipe.Sparsification.Include is { Count: > 0 } include ? include : null,
        Layers = layers,
        OutputLayer = recipe.Sparsification.OutputLayer,
        Layout = NOfMLayout.Of(recipe.Sparsification.Structure),
    };

    /// <summary>For pruners that draw, else 0: a key may not depend on what the result does not depend on.</summary>
    public static long Seed(Recipe recipe, int cycle, int candidate) => Needs(recipe).HasFlag(MethodNeeds.Seed)
        ? SeedDerivation.Derive(recipe.Seed, candidate == 0 ? "prune" : $"candidate-{candidate}/prune", cycle)
        : 0;

    /// <summary>What is collected of a checkpoint before it is cut; null for pruners that go by weights alone.</summary>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="source">The checkpoint that is cut.</param>
    /// <param name="before">The mask of the cut before.</param>
    /// <param name="sparsity">Cumulative sparsity after the cut.</param>
    /// <param name="layers">The same of layers that have their own.</param>
    /// <param name="seed">As <see cref="Seed"/> says.</param>
    /// <param name="cycle">Whose cut it is.</param>
    public static CollectSpec? Statistics(
        Recipe recipe, ArtifactRef source, ArtifactRef? before, double sparsity, IReadOnlyDictionary<string, double>? layers, long seed, int cycle) => Needs(recipe).HasFlag(MethodNeeds.Statistics)
        ? new()
        {
            AlgorithmVersion = CollectSpec.CurrentVersion,
            Checkpoint = source,
            Model = recipe.Model,
            Data = recipe.Data.ForInputs(cycle),
            Task = recipe.Task,
            Examples = recipe.Sparsification.CalibrationExamples,
            Seed = SampleSeed(recipe),
            Products = Needs(recipe).HasFlag(MethodNeeds.InputProducts),
            Sequential = recipe.Sparsification.Sequential
                ? new() { Rule = Rule(recipe, sparsity, layers), Mask = before, KeepZeros = before is null && recipe.Sparsification.KeepZeros, Seed = seed }
                : null,
        }
        : null;

    /// <summary>What is collected of an average that is cut again; null for pruners that go by weights alone.</summary>
    public static RecutSample? SampleOfAverages(Recipe recipe) => Needs(recipe).HasFlag(MethodNeeds.Statistics)
        ? new()
        {
            Examples = recipe.Sparsification.CalibrationExamples,
            Seed = SampleSeed(recipe),
            Products = Needs(recipe).HasFlag(MethodNeeds.InputProducts),
            Sequential = recipe.Sparsification.Sequential,
        }
        : null;

    /// <summary>Whether the layers are solved already while statistics are collected.</summary>
    public static bool SolvesInOrder(Recipe recipe) => recipe.Sparsification.Sequential && Needs(recipe).HasFlag(MethodNeeds.Statistics)
        && Pruners.Registry.Find(recipe.Sparsification.Method.Name) is ILayerSolver;

    private static long SampleSeed(Recipe recipe) => SeedDerivation.Derive(recipe.Seed, "collect");

    // A pruner that nobody here knows needs nothing: its step says what is wrong.
    private static MethodNeeds Needs(Recipe recipe) => NeedsOf(recipe.Sparsification.Method.Name);

    private static MethodNeeds NeedsOf(string pruner) => Pruners.Registry.Infos.FirstOrDefault(p => p.Name == pruner)?.Needs ?? MethodNeeds.None;
}
