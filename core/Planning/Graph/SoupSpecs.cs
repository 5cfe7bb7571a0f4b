using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Planning;

/// <summary>The soups of a recipe.</summary>
internal sealed class SoupSpecs(Recipe recipe)
{
    /// <summary>A soup of candidates that were trained under the mask of one cut.</summary>
    /// <param name="pruned">The cut.</param>
    /// <param name="candidates">Those there may be.</param>
    /// <param name="anchor">What the soup measures its members from; null for soups that look at none.</param>
    /// <param name="cycle">Whose soup it is.</param>
    /// <param name="gradients">The squared gradients of each candidate; empty for soups that do not go by them.</param>
    public SoupSpec OfOneMask(GraphStep pruned, IReadOnlyList<GraphStep> candidates, GraphStep? anchor, int cycle, IReadOnlyList<ArtifactRef> gradients) =>
        Common(recipe.Soup.Method, [.. candidates.Select((c, i) => Member(c, mask: null) with { Statistics = gradients.Count > 0 ? gradients[i] : null })], cycle) with
        {
            // A single candidate may have moved its mask.
            Mask = candidates.Count == 1 ? TrainSpecs.MaskOf(recipe, pruned, candidates[0]) : pruned.Output(OutputNames.Mask),
            Anchor = anchor?.Checkpoint,
        };

    /// <summary>A soup of candidates that were trained under masks of their own.</summary>
    /// <param name="method">How members are chosen and weighted.</param>
    /// <param name="policy">How their masks are combined.</param>
    /// <param name="cuts">The cut each candidate was trained under; candidates may share one.</param>
    /// <param name="candidates">As many, in the same order.</param>
    /// <param name="sparsity">What the candidates were cut to, and what an average that is pruned again is cut to.</param>
    /// <param name="layers">The same of layers that have their own.</param>
    /// <param name="cycle">Whose soup it is.</param>
    public SoupSpec OfOwnMasks(
        MethodSpec method, string policy, IReadOnlyList<GraphStep> cuts, IReadOnlyList<GraphStep> candidates, double sparsity,
        IReadOnlyDictionary<string, double>? layers, int cycle) =>
        Common(method, [.. candidates.Zip(cuts, (candidate, cut) => Member(candidate, TrainSpecs.MaskOf(recipe, cut, candidate)))], cycle) with
        {
            MaskPolicy = policy,
            Recut = CutsAgain(policy) ? PruneSpecs.Rule(recipe, sparsity, layers) : null,
            RecutSample = CutsAgain(policy) ? PruneSpecs.SampleOfAverages(recipe) : null,
        };

    /// <summary>A soup of networks that were given, of all of them.</summary>
    public SoupSpec OfGiven(IReadOnlyList<SoupCandidate> networks) =>
        Common(recipe.Soup.Method, networks, cycle: 0) with { Expected = null, MaskPolicy = recipe.Soup.MaskPolicy, Anchor = recipe.Soup.AnchorCheckpoint };

    /// <summary>The recipe's quorum.</summary>
    /// <param name="choice">Under what name it is recorded who was left out.</param>
    /// <param name="candidates">Who may be missing.</param>
    public QuorumGate Gate(string choice, IReadOnlyList<GraphStep> candidates) => new()
    {
        Members = [.. candidates.Select(c => c.Name)],
        Least = recipe.Soup.Quorum ?? candidates.Count,
        DeadlineMinutes = recipe.Soup.DeadlineMinutes,
        AmendLate = recipe.Soup.AmendLate,
        Choice = choice,
    };

    /// <summary>The recipe's quorum for what waits until every candidate has finished or failed.</summary>
    public QuorumGate Settled(IReadOnlyList<GraphStep> candidates) => new()
    {
        Members = [.. candidates.Select(c => c.Name)],
        Least = recipe.Soup.Quorum ?? candidates.Count,
    };

    /// <summary>What the soup goes by of one candidate; null for soups that look at weights alone.</summary>
    /// <param name="network">The candidate.</param>
    /// <param name="cycle">Its cycle.</param>
    public CollectSpec? Gradients(ArtifactRef network, int cycle) => Soups.Registry.Infos.FirstOrDefault(s => s.Name == recipe.Soup.Method.Name)?.Needs.HasFlag(MethodNeeds.Gradients) == true
        ? new()
        {
            AlgorithmVersion = CollectSpec.CurrentVersion,
            Checkpoint = network,
            Model = recipe.Model,
            // Gradients are of the labels that the training has seen, wrong ones too.
            Data = recipe.Data.ForTraining(cycle, recipe.Retraining.Part),
            Task = recipe.Task,
            Examples = recipe.Sparsification.CalibrationExamples,
            Seed = SeedDerivation.Derive(recipe.Seed, "gradients"),
            Gradients = true,
        }
        : null;

    private static bool CutsAgain(string policy) => MaskPolicies.Registry.Find(policy).Info.Traits.HasFlag(MethodTraits.CutsAgain);

    private double Recalibration => recipe.Soup.Recalibration ?? recipe.Retraining.Recalibration;

    private SoupCandidate Member(GraphStep candidate, ArtifactRef? mask) =>
        SoupCandidate.Of(candidate.Checkpoint, candidate.Metric(MetricNames.OnValidation(recipe.Measure?.Name)), recipe.Measure, mask);

    private SoupSpec Common(MethodSpec method, IReadOnlyList<SoupCandidate> candidates, int cycle) => new()
    {
        AlgorithmVersion = SoupSpec.CurrentVersion,
        Method = method,
        Candidates = candidates,
        Expected = GraphBuilder.CountWhenPartial(candidates.Count),
        Model = recipe.Model,
        Data = recipe.Data.ForInputs(cycle),
        Task = recipe.Task,
        Measure = recipe.Measure,
        Recalibration = Recalibration,
        BatchSize = Recalibration > 0 ? recipe.Pretraining.BatchSize : SoupSpec.StandardBatch,
    };
}
