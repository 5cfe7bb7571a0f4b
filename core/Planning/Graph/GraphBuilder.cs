using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Planning;

/// <summary>Collects nodes in dependency order; asking for a step that is already there gives its node.</summary>
internal sealed class GraphBuilder(Recipe recipe)
{
    private readonly IReadOnlyList<double> _sparsities =
        SparsitySchedules.Find(recipe.Sparsification.Schedule).Levels(recipe.Sparsification.Sparsity, recipe.Sparsification.Cycles);

    private readonly Dictionary<StepTemplate, GraphNode> _byTemplate = [];
    private readonly List<GraphNode> _nodes = [];

    public IReadOnlyList<GraphNode> Nodes => _nodes;

    public GraphNode Dense() => Add(NodeNames.Dense, new DenseTemplate(recipe), essential: true);

    public GraphNode Prune(string name, GraphNode source, GraphNode? before, int cycle, bool essential, int candidate = 0) =>
        Add(name, new PruneTemplate(recipe, source, before, _sparsities[cycle - 1], PruneSeed(cycle, candidate)), essential);

    public GraphNode Retrain(string name, GraphNode dense, GraphNode pruned, CandidateSettings settings) =>
        Add(name, new RetrainTemplate(recipe, dense, pruned, settings), essential: false);

    public GraphNode Soup(GraphNode pruned, IReadOnlyList<GraphNode> candidates, int cycle) =>
        Add(NodeNames.Soup(cycle), new SoupTemplate(recipe, pruned, candidates, cycle), essential: true);

    public GraphNode Soup(IReadOnlyList<GraphNode> cuts, IReadOnlyList<GraphNode> candidates, int cycle) =>
        Add(NodeNames.Soup(cycle), new MixedSoupTemplate(recipe, cuts, candidates, cycle, _sparsities[cycle - 1]), essential: true);

    public GraphNode Evaluation(GraphNode source) =>
        Add(NodeNames.Evaluation(source.Name), new EvaluateTemplate(recipe, source), essential: false);

    private long PruneSeed(int cycle, int candidate) => recipe.Sparsification.Method.Name == PrunerNames.Random
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
