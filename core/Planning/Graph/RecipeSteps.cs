using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Planning;

/// <summary>The steps that workflows are made of, as a recipe has them.</summary>
internal sealed class RecipeSteps(GraphBuilder graph, Recipe recipe)
{
    private readonly IReadOnlyList<double> _sparsities =
        SparsitySchedules.Find(recipe.Sparsification.Schedule).Levels(recipe.Sparsification.Sparsity, recipe.Sparsification.Cycles);

    private readonly IReadOnlyList<IReadOnlyDictionary<string, double>?> _layers = LayerLevels.Of(recipe.Sparsification);
    private readonly SoupSpecs _soups = new(recipe);
    private readonly HashSet<GraphStep> _mixed = [];
    private GraphStep? _ceiling;
    private readonly Dictionary<int, (GraphStep Soup, IReadOnlyList<GraphStep> Candidates)> _soupOf = [];

    /// <summary>The network that is pruned first: one that is trained, or the given weights as they are.</summary>
    /// <exception cref="DomainException">The recipe has neither.</exception>
    public DenseNetwork Dense()
    {
        if (recipe.Pretraining.Epochs == 0) return new DenseNetwork(Given(), Report: null);
        var step = graph.Add(NodeNames.Dense, TrainSpecs.Dense(recipe), essential: true, recipe.Pretraining.Epochs);
        return new DenseNetwork(step.Checkpoint, step.Output(OutputNames.Report)) { Mask = recipe.Pretraining.Hooks is { Count: > 0 } ? step.OwnMask(otherwise: null) : null };
    }

    /// <summary>From here on all masks stay within one that is cut now, where the recipe has such a ceiling.</summary>
    /// <param name="source">The network before the first cut.</param>
    public void Bound(ArtifactRef source)
    {
        if (recipe.Sparsification.Ceiling is { } ceiling)
            _ceiling = graph.Add(NodeNames.Ceiling, PruneSpecs.Ceiling(recipe, ceiling, source), essential: true);
    }

    /// <param name="name">The node's.</param>
    /// <param name="source">What is cut.</param>
    /// <param name="before">The mask of the cycle before; masks only shrink.</param>
    /// <param name="cycle">Whose sparsity it gets.</param>
    /// <param name="essential">Whether the run needs it.</param>
    /// <param name="candidate">Pruners that draw draw as this candidate does.</param>
    public GraphStep Prune(string name, ArtifactRef source, ArtifactRef? before, int cycle, bool essential, int candidate = 0)
    {
        var seed = PruneSpecs.Seed(recipe, cycle, candidate);
        var (sparsity, layers) = (_sparsities[cycle - 1], _layers[cycle - 1]);
        var within = _ceiling?.Output(OutputNames.Mask);
        var statistics = PruneSpecs.Statistics(recipe, source, before, sparsity, layers, seed, cycle) is { } collect
            ? graph.Add(NodeNames.Statistics(name), collect.Sequential is { } inOrder ? collect with { Sequential = inOrder with { Ceiling = within } } : collect, essential)
            : null;
        var cut = PruneSpecs.Cut(recipe, source, before, sparsity, layers, seed, statistics?.Output(OutputNames.Statistics)) with { Ceiling = within };
        // Whoever collected by a version that kept no solutions has them solved again, to the same bytes.
        return graph.Add(name, PruneSpecs.SolvesInOrder(recipe) ? cut with { Solution = statistics!.OptionalOutput(OutputNames.Solution) } : cut, essential);
    }

    public GraphStep Retrain(string name, DenseNetwork dense, GraphStep pruned, CandidateSettings settings, bool essential = false, ArtifactRef? start = null) =>
        graph.Add(name, Bounded(TrainSpecs.Retrain(recipe, dense, pruned, settings, start)), essential, settings.Epochs);

    /// <summary>A training by the pretraining's settings, under the mask of a cut when there is one.</summary>
    public GraphStep Train(string name, GraphStep? cut) => graph.Add(name, Bounded(TrainSpecs.Sparse(recipe, cut)), essential: true, recipe.Pretraining.Epochs);

    /// <summary>What the soup of a cycle measures its members from; null for soups that look at none.</summary>
    public GraphStep? Anchor(DenseNetwork dense, GraphStep pruned, int cycle) => recipe.Soup.Anchor switch
    {
        AnchorNames.Retrained => graph.Add(
            NodeNames.Anchor(cycle), Bounded(TrainSpecs.Retrain(recipe, dense, pruned, CandidateSettings.OfAnchor(recipe, cycle))), essential: true, recipe.Retraining.Epochs),
        AnchorNames.Pruned => pruned,
        _ => null,
    };

    /// <summary>The fan-in of a cycle whose candidates share the mask of one cut.</summary>
    public GraphStep Soup(GraphStep pruned, IReadOnlyList<GraphStep> candidates, int cycle, GraphStep? anchor = null)
    {
        List<ArtifactRef> gradients = [];
        foreach (var candidate in candidates)
            if (_soups.Gradients(candidate.Checkpoint, cycle) is { } collect)
                gradients.Add(graph.Add(NodeNames.Statistics(candidate.Name), collect, essential: true).Output(OutputNames.Statistics));
        // A choice is about candidates of one cut. What is collected of a candidate comes after it, so a soup that goes by that waits for all.
        var gate = gradients.Count > 0 ? null : _soups.Gate(NodeNames.Soup(cycle), candidates) with { ChoiceOf = pruned.Name };
        var soup = graph.Add(NodeNames.Soup(cycle), _soups.OfOneMask(pruned, candidates, anchor, cycle, gradients), essential: true, gate: gate);
        _soupOf[cycle] = (soup, candidates);
        return soup;
    }

    /// <summary>The fan-in of a cycle whose candidates have masks of their own.</summary>
    public GraphStep Soup(IReadOnlyList<GraphStep> cuts, IReadOnlyList<GraphStep> candidates, int cycle)
    {
        var soup = Mixed(NodeNames.Soup(cycle), recipe.Soup.Method, recipe.Soup.MaskPolicy!, cuts, candidates, cycle, essential: true);
        _soupOf[cycle] = (soup, candidates);
        return soup;
    }

    /// <summary>The uniform average of runs that go on from themselves; the run's own soup of the cycle when that is the same.</summary>
    public GraphStep Average(string name, IReadOnlyList<(GraphStep Cut, GraphStep Trained)> runs, int cycle, string policy)
    {
        GraphStep[] candidates = [.. runs.Select(r => r.Trained)];
        return recipe.Soup.Method.Name == MethodDefaults.Soup && (recipe.Soup.MaskPolicy ?? policy) == policy
            && _soupOf.TryGetValue(cycle, out var own) && own.Candidates.Take(candidates.Length).SequenceEqual(candidates)
            ? own.Soup
            : Mixed(name, MethodSpec.Of(MethodDefaults.Soup), policy, [.. runs.Select(r => r.Cut)], candidates, cycle, essential: false);
    }

    /// <param name="source">The node that is measured.</param>
    /// <param name="isLast">Whether it is what the run is for.</param>
    public GraphStep Evaluation(GraphStep source, bool isLast = false) =>
        Evaluation(source.Name, source.Checkpoint, isLast || source.Name == NodeNames.Soup(recipe.Sparsification.Cycles));

    /// <param name="name">The node that is measured.</param>
    /// <param name="checkpoint">What it made, or what was given in its place.</param>
    /// <param name="isLast">Whether it is what the run is for, whose layers are timed if the recipe says so.</param>
    public GraphStep Evaluation(string name, ArtifactRef checkpoint, bool isLast = false)
    {
        var evaluation = graph.Add(NodeNames.Evaluation(name), EvaluateSpecs.Of(recipe, checkpoint));
        if (isLast && recipe.Evaluation.LatencyBatch is { } batch) graph.Add(NodeNames.Timing(name), EvaluateSpecs.TimeOf(recipe, checkpoint, batch));
        return evaluation;
    }

    /// <summary>The measurement of what networks predict together: all of them, or those that have not failed, down to the soup's quorum.</summary>
    public GraphStep Vote(IReadOnlyList<GraphStep> candidates) => candidates.Count == 1
        ? Evaluation(candidates[0])
        // A vote of whoever is there at a deadline would depend on the clock; it is worth waiting for, since nothing waits for it.
        : graph.Add(
            NodeNames.Evaluation(BaselineNames.Ensemble), EvaluateSpecs.OfVote(recipe, graph, candidates.Count), gate: _soups.Settled(candidates));

    /// <summary>Whether a soup is one of candidates with masks of their own, and so has a mask of its own too.</summary>
    public bool HasOwnMasks(GraphStep soup) => _mixed.Contains(soup);

    // A mask that stays is within the ceiling already, and no key depends on what the result does not depend on.
    private TrainSpec Bounded(TrainSpec training) => training.Hooks is null ? training : training with { Ceiling = _ceiling?.Output(OutputNames.Mask) };

    private ArtifactRef Given() => recipe.Pretraining.Checkpoint ?? throw new DomainException(
        FailureCodes.InvalidOption, "pretraining.epochs is 0, and there are no weights.", "Give pretraining.weights, or at least 1 epoch.");

    private GraphStep Mixed(
        string name, MethodSpec method, string policy, IReadOnlyList<GraphStep> cuts, IReadOnlyList<GraphStep> candidates, int cycle, bool essential)
    {
        var spec = _soups.OfOwnMasks(method, policy, cuts, candidates, _sparsities[cycle - 1], _layers[cycle - 1], cycle);
        var soup = graph.Add(name, spec, essential, gate: _soups.Gate(name, candidates));
        _mixed.Add(soup);
        return soup;
    }
}
