using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Columns: all weights from one input of a linear layer, or from one input channel of a convolution, kernels whole.</summary>
/// <remarks>
/// He, Zhang, Sun, "Channel Pruning for Accelerating Very Deep Neural Networks", ICCV 2017, arXiv 1707.06168, choose input channels by
/// regression on the layer's output; here by what their weights are worth, see <see cref="UnitStructure"/>. The first layer's inputs are
/// those of the data, so cutting them chooses features. Filters that make a channel nobody takes in stay: a mask covers a layer for itself.
/// </remarks>
internal sealed class ChannelStructure : UnitStructure
{
    public const string Name = "channel";

    public override MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Structure,
        Name = Name,
        Title = "Input channels",
        UseWhen = "Use to leave out inputs a layer can do without; of the first layer these are features of the data.",
        Paper = "He, Zhang, Sun, Channel Pruning for Accelerating Very Deep Neural Networks, ICCV 2017, arXiv 1707.06168",
    };

    protected override UnitGrid Grid(PrunableTensor tensor) =>
        new(tensor.Shape[0], tensor.Total / tensor.Shape[0], tensor.Shape[0], tensor.Shape.Skip(2).Aggregate(1L, (a, b) => a * b));
}
