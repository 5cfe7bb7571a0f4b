using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Rows: all weights into one neuron, one filter of a convolution.</summary>
/// <remarks>
/// Li, Kadav, Durdanovic, Samet, Graf, "Pruning Filters for Efficient ConvNets", ICLR 2017, arXiv 1608.08710, by the 1-norm, here per
/// weight. A mask covers weights only: a removed row's bias and BatchNorm stay, so its output becomes a constant, and the inputs that
/// the next layer takes from it stay too. The last layer, see <see cref="OutputLayer"/>, keeps all its rows: each is something the network can answer.
/// </remarks>
internal sealed class RowStructure : UnitStructure
{
    public const string Name = "row";

    public override MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Structure,
        Name = Name,
        Title = "Rows: neurons and filters",
        UseWhen = "Use to make a network narrower; biases and norms of removed neurons stay, and the last layer keeps all its rows.",
        Paper = "Li, Kadav, Durdanovic, Samet, Graf, Pruning Filters for Efficient ConvNets, ICLR 2017, arXiv 1608.08710",
    };

    protected override UnitGrid Grid(PrunableTensor tensor) => new(tensor.Shape[0], tensor.Total / tensor.Shape[0], 1, tensor.Total / tensor.Shape[0]);

    protected override bool Spares(PrunableTensor tensor) => tensor.IsOutput;
}
