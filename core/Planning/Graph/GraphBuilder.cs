using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// Collects the steps of a run in dependency order. A step of any kind is an ordinary spec whose inputs are <see cref="GraphStep.Output"/> and
/// <see cref="GraphStep.Metric"/> of steps that were added before; asking for a step that is already there gives that one.
/// </summary>
/// <param name="versions">Those of the methods that the recipe names by bare names, see <see cref="MethodVersions"/>; each spec gets those of its own.</param>
public sealed class GraphBuilder(IReadOnlyDictionary<string, int>? versions = null)
{
    private readonly References _references = new();
    private readonly Dictionary<string, GraphStep> _bySpec = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<GraphNodeDocument> _nodes = [];
    private readonly List<BaselineNodes> _baselines = [];

    /// <summary>Adds a step, unless there is one with the same spec and gate.</summary>
    /// <param name="name">Unique within the run.</param>
    /// <param name="spec">What to do.</param>
    /// <param name="essential">Whether the run has failed when this step can have no result.</param>
    /// <param name="epochs">Training epochs it costs.</param>
    /// <param name="gate">When some of its inputs may be missing; null needs all.</param>
    /// <exception cref="InvalidOperationException">Another step has this name.</exception>
    public GraphStep Add(string name, StepSpec spec, bool essential = false, int epochs = 0, QuorumGate? gate = null)
    {
        var json = _references.Write(MethodVersions.Into(spec, versions));
        var content = json.GetRawText() + (gate is null ? "" : JsonSerializer.Serialize(gate, ContractJson.Options));
        if (_bySpec.TryGetValue(content, out var known)) return known;
        if (!_names.Add(name)) throw new InvalidOperationException($"Two steps of the graph are called '{name}'.");
        _nodes.Add(new GraphNodeDocument { Name = name, Kind = spec.Kind, Spec = json, Gate = gate, Essential = essential, Epochs = epochs });
        return _bySpec[content] = new GraphStep(name, spec.Kind, epochs, _references);
    }

    /// <summary>Whose checkpoint is what the run is for: the last one told counts.</summary>
    public string? Network { get; set; }

    /// <summary>Says where a baseline is measured.</summary>
    public void AddBaseline(BaselineNodes nodes) => _baselines.Add(nodes);

    /// <summary>Stands in a spec with a <see cref="QuorumGate"/> for an output of the n-th member that is admitted; an item of a list without one is left out.</summary>
    public ArtifactRef MemberOutput(int index, string output) => _references.MemberOutput(index, output);

    /// <summary>Stands in a spec with a <see cref="QuorumGate"/> for the number of its members, where the property is left out unless some are missing.</summary>
    public static int CountWhenPartial(int members) => References.Partial(members);

    /// <summary>What was collected.</summary>
    internal GraphDocument ToDocument(string workflow, string recipe) => new()
    {
        Version = GraphDocument.CurrentVersion,
        Recipe = recipe,
        Workflow = workflow,
        Network = Network,
        Nodes = _nodes,
        Baselines = _baselines.Count == 0 ? null : _baselines,
    };
}
