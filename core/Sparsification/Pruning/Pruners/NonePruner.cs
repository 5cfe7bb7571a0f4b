using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Prunes nothing: the mask stays as it was, whatever sparsity is asked for.</summary>
internal sealed class NonePruner : IPruner
{
    public const string Name = "none";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Pruner,
        Name = Name,
        Title = "No pruning",
        UseWhen = "Use for the dense control of an experiment.",
        Traits = MethodTraits.Idle,
    };

    public IScore Score => ConstantScore.Instance;

    public string Allocation => GlobalAllocation.Name;

    public long Keep(long requested, long remaining) => remaining;
}
