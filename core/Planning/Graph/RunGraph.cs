using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// The steps of a run and what each needs, without any digest yet. Build it once and plan with it often: it keeps the
/// keys of specs that did not change. Safe for concurrent use.
/// </summary>
public sealed class RunGraph
{
    private readonly Dictionary<string, GraphNode> _byName = new(StringComparer.Ordinal);
    private readonly List<GraphNode> _nodes = [];
    private readonly GraphDocument _graph;

    private RunGraph(GraphDocument graph, bool foreign)
    {
        // Nodes keep their documents; all at once would keep every spec in memory twice.
        _graph = graph with { Nodes = [] };
        var reader = new TemplateReader();
        foreach (var node in graph.Nodes) Add(node, new SpecTemplate(reader.Read(node.Spec), node.Gate), foreign);
    }

    /// <summary>SHA-256 of the canonical JSON of the recipe it was compiled from.</summary>
    public string RecipeDigest => _graph.Recipe;

    /// <summary>Where the baselines that the recipe asks for are measured, in its order.</summary>
    public IReadOnlyList<BaselineNodes> Baselines => _graph.Baselines ?? [];

    /// <summary>The graph of a recipe, compiled now.</summary>
    /// <exception cref="DomainException">The recipe asks for something no graph can be built from.</exception>
    public static RunGraph Of(Recipe recipe) => new(GraphCompiler.Compile(recipe), foreign: false);

    /// <summary>A graph that was compiled and stored, by this version of the program or by another.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.CorruptArtifact"/>: a node refers to one that is not before it.</exception>
    public static RunGraph Read(GraphDocument graph) => new(graph, foreign: true);

    /// <summary>Where the run stands at <paramref name="now"/>.</summary>
    public Plan Plan(IPlanLookup lookup, DateTimeOffset now)
    {
        var pass = new PlanPass(lookup, now);
        foreach (var node in _nodes) pass.Visit(node);
        return pass.ToPlan(_graph);
    }

    private void Add(GraphNodeDocument document, SpecTemplate template, bool foreign)
    {
        if (template.Inputs.Concat(template.Required).FirstOrDefault(i => !_byName.ContainsKey(i)) is { } missing)
            throw new DomainException(
                FailureCodes.CorruptArtifact, $"The node '{document.Name}' of a graph refers to '{missing}', which is not before it.", "Delete the graph and submit the run's recipe again.");
        var inputs = template.Inputs.Select(i => _byName[i]).ToList();
        foreach (var read in template.References.Where(r => !r.IsOptional))
            foreach (var from in read.Node is null ? document.Gate?.Members ?? [] : [read.Node])
                _byName[from].Read.Add(read.Output ?? read.Metric!);
        var node = new GraphNode(document, template, inputs) { Unknown = foreign ? Understanding.ProblemWith(template, document.Gate) : null };
        _byName.Add(document.Name, node);
        _nodes.Add(node);
    }
}
