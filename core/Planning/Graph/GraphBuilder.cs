using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Planning;

/// <summary>Collects nodes in dependency order; asking for a step that is already there gives its node.</summary>
internal sealed class GraphBuilder(Recipe recipe)
{
    private readonly IReadOnlyList<double> _sparsities =
        SparsitySchedules.Find(recipe.Sparsification.Schedule).Levels(recipe.Sparsification.Sparsity, recipe.Sparsification.Cycles);

    private readonly IReadOnlyList<IReadOnlyDictionary<string, double>?> _layers = LayerLevels.Of(recipe.Sparsification);
    private readonly Dictionary<StepTemplate, GraphNode> _byTemplate = [];
    private readonly List<GraphNode> _nodes = [];

    public IReadOnlyList<GraphNode> Nodes => _nodes;

    public GraphNode Dense() => Add(NodeNames.Dense, new DenseTemplate(recipe), essential: true);

    public GraphNode Prune(string name, GraphNode source, GraphNode? before, int cycle, bool essential, int candidate = 0) =>
        Add(name, new PruneTemplate(recipe, source, before, _sparsities[cycle - 1], _layers[cycle - 1], PruneSeed(cycle, candidate)), essential);

    public GraphNode Retrain(string name, GraphNode dense, GraphNode pruned, CandidateSettings settings) =>
        Add(name, new RetrainTemplate(recipe, dense, pruned, settings), essential: false);

    public GraphNode Soup(GraphNode pruned, IReadOnlyList<GraphNode> candidates, int cycle) =>
        Add(NodeNames.Soup(cycle), new SoupTemplate(recipe, pruned, candidates, cycle), essential: true);

    public GraphNode Soup(IReadOnlyList<GraphNode> cuts, IReadOnlyList<GraphNode> candidates, int cycle) =>
        Add(NodeNames.Soup(cycle), Mixed(NodeNames.Soup(cycle), recipe.Soup.Method, recipe.Soup.MaskPolicy!, cuts, candidates, cycle), essential: true);

    /// <summary>The uniform average of runs that go on from themselves; the run's own soup of the cycle when that is the same.</summary>
    public GraphNode Average(string name, IReadOnlyList<(GraphNode Cut, GraphNode Trained)> runs, int cycle, string policy)
    {
        GraphNode[] candidates = [.. runs.Select(r => r.Trained)];
        return IsUniform && (recipe.Soup.MaskPolicy ?? policy) == policy && SoupOf(candidates, cycle) is { } soup
            ? soup
            : Add(name, Mixed(name, MethodSpec.Of(MethodDefaults.Soup), policy, [.. runs.Select(r => r.Cut)], candidates, cycle), essential: false);
    }

    public GraphNode Evaluation(GraphNode source) =>
        Add(NodeNames.Evaluation(source.Name), new EvaluateTemplate(recipe, source), essential: false);

    /// <summary>The measurement of what networks predict together.</summary>
    public GraphNode Vote(IReadOnlyList<GraphNode> candidates) => candidates.Count == 1
        ? Evaluation(candidates[0])
        : Add(NodeNames.Evaluation(BaselineNames.Ensemble), new VoteTemplate(recipe, candidates), essential: false);

    private bool IsUniform => recipe.Soup.Method.Name == MethodDefaults.Soup;

    private GraphNode? SoupOf(IReadOnlyList<GraphNode> candidates, int cycle) =>
        _nodes.Find(n => n.Name == NodeNames.Soup(cycle) && n.Template.Inputs.Take(candidates.Count).SequenceEqual(candidates));

    private MixedSoupTemplate Mixed(
        string name, MethodSpec method, string policy, IReadOnlyList<GraphNode> cuts, IReadOnlyList<GraphNode> candidates, int cycle) =>
        new(recipe, name, method, policy, cuts, candidates, _sparsities[cycle - 1], _layers[cycle - 1]);

    private bool Draws => Pruners.Registry.Infos.Any(pruner => pruner.Name == recipe.Sparsification.Method.Name && pruner.Needs.HasFlag(MethodNeeds.Seed));

    private long PruneSeed(int cycle, int candidate) => Draws
        ? SeedDerivation.Derive(recipe.Seed, candidate == 0 ? "prune" : $"candidate-{candidate}/prune", cycle)
        : 0;

    private GraphNode Add(string name, StepTemplate template, bool essential)
    {
        if (_byTemplate.TryGetValue(template, out var known)) return known;
        var node = new GraphNode(name, template, essential);
        _byTemplate.Add(template, node);
        _nodes.Add(node);
        node.Prolong();
        return node;
    }
}
