namespace SparsePipeline.Planning;

/// <summary>A step's place in the graph, compared by reference.</summary>
/// <param name="name">Unique within the run.</param>
/// <param name="template">What the step will be once its inputs exist.</param>
/// <param name="essential">Whether the run has failed when this node can have no result.</param>
internal sealed class GraphNode(string name, StepTemplate template, bool essential)
{
    public string Name => name;

    public StepTemplate Template => template;

    public bool Essential => essential;

    public IReadOnlyList<string> DependsOn { get; } = [.. template.Inputs.Select(i => i.Name)];
}
