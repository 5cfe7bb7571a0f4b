using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Blocks of neighbouring weights.</summary>
/// <remarks>
/// Narang, Undersander, Diamos, "Block-Sparse Recurrent Neural Networks", 2017, arXiv 1711.02782, rank blocks by their largest weight;
/// here it is their mean, see <see cref="UnitStructure"/>. Where a tensor's sizes are no multiples of the block's, the blocks at its lower and
/// right edge are smaller, and cost less. A convolution is seen as [output, input channels · kernel], so a block may cross kernels.
/// </remarks>
internal sealed class BlockStructure(int rows, int columns, string useWhen) : UnitStructure
{
    public override MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Structure,
        Name = $"block-{rows}x{columns}",
        Title = $"Blocks of {rows} × {columns}",
        UseWhen = useWhen,
        Paper = "Narang, Undersander, Diamos, Block-Sparse Recurrent Neural Networks, 2017, arXiv 1711.02782",
    };

    protected override UnitGrid Grid(PrunableTensor tensor) => new(tensor.Shape[0], tensor.Total / tensor.Shape[0], rows, columns);
}
