using System.Buffers;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>Up to 64 inputs times some rows.</summary>
internal static unsafe class TiledProduct
{
    /// <summary>Rows whose sums wait for being written together: whole lines of the output.</summary>
    private const int RowsTogether = CacheLine.Floats;

    /// <param name="csr">The weights.</param>
    /// <param name="bias">One number per row.</param>
    /// <param name="share">Which inputs and rows.</param>
    /// <param name="inputs">The first input of the share.</param>
    /// <param name="outputs">Receives the results; the first output of the share.</param>
    /// <param name="width">Widest vectors to use.</param>
    public static void Run(CsrWeights csr, float[] bias, Share share, float* inputs, float* outputs, VectorWidth width)
    {
        var scratch = ArrayPool<float>.Shared.Rent(((csr.Columns + RowsTogether) * TileKernel.Width) + CacheLine.Floats);
        fixed (float* start = scratch)
        {
            var sums = CacheLine.Align(start);
            // Lanes of missing inputs keep whatever is there: nobody reads what comes of it.
            var tile = sums + (RowsTogether * TileKernel.Width);
            Transposition.Of(inputs, csr.Columns, tile, TileKernel.Width, share.Inputs, csr.Columns, width);
            for (var row = share.First; row < share.End; row += RowsTogether)
            {
                var rows = Math.Min(RowsTogether, share.End - row);
                Sum(csr, bias, (row, row + rows), tile, sums, width);
                Transposition.Of(sums, TileKernel.Width, outputs + row, csr.Rows, rows, share.Inputs, width);
            }
        }
        ArrayPool<float>.Shared.Return(scratch);
    }

    private static void Sum(CsrWeights csr, float[] bias, (int First, int End) rows, float* tile, float* sums, VectorWidth width)
    {
        fixed (int* columns = csr.ColumnOf)
        fixed (float* values = csr.Values)
            for (var row = rows.First; row < rows.End; row++, sums += TileKernel.Width)
            {
                var first = csr.Starts[row];
                TileKernel.Row(columns + first, values + first, csr.CountOf(row), tile, TileKernel.Width, bias[row], sums, width);
            }
    }
}
