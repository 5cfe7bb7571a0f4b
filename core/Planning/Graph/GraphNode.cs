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

    /// <summary>Training epochs on the longest chain that starts here; raised by each node that is added behind.</summary>
    public int EpochsAhead { get; private set; } = template.Epochs;

    /// <summary>Tells the chain before this node how long it has become.</summary>
    public void Prolong()
    {
        foreach (var input in template.Inputs)
        {
            if (input.EpochsAhead >= input.Template.Epochs + EpochsAhead) continue;
            input.EpochsAhead = input.Template.Epochs + EpochsAhead;
            input.Prolong();
        }
    }
}
