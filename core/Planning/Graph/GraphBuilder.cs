using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Collects nodes in dependency order; asking for a step that is already there gives its node.</summary>
internal sealed class GraphBuilder(Recipe recipe)
{
    private readonly Dictionary<StepTemplate, GraphNode> byTemplate = [];
    private readonly List<GraphNode> nodes = [];

    public IReadOnlyList<GraphNode> Nodes => nodes;

    public GraphNode Dense() => Add(NodeNames.Dense, new DenseTemplate(recipe), essential: true);

    public GraphNode Prune(string name, GraphNode source, GraphNode? before, int cycle, bool essential) =>
        Add(name, new PruneTemplate(recipe, source, before, cycle), essential);

    public GraphNode Retrain(string name, GraphNode dense, GraphNode pruned, CandidateSettings settings) =>
        Add(name, new RetrainTemplate(recipe, dense, pruned, settings), essential: false);

    public GraphNode Soup(GraphNode pruned, IReadOnlyList<GraphNode> candidates, int cycle) =>
        Add(NodeNames.Soup(cycle), new SoupTemplate(recipe, pruned, candidates, cycle), essential: true);

    public GraphNode Evaluation(GraphNode source) =>
        Add(NodeNames.Evaluation(source.Name), new EvaluateTemplate(recipe, source), essential: false);

    private GraphNode Add(string name, StepTemplate template, bool essential)
    {
        if (byTemplate.TryGetValue(template, out var known)) return known;
        var node = new GraphNode(name, template, essential);
        byTemplate.Add(template, node);
        nodes.Add(node);
        return node;
    }
}
