using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>A few inputs times some rows, where there is no AVX-512.</summary>
internal static unsafe class RowProduct
{
    /// <param name="csr">The weights.</param>
    /// <param name="bias">One number per row.</param>
    /// <param name="share">Which inputs and rows.</param>
    /// <param name="inputs">The first input of the share.</param>
    /// <param name="outputs">Receives the results; the first output of the share.</param>
    /// <param name="width">Widest vectors to use.</param>
    public static void Run(CsrWeights csr, float[] bias, Share share, float* inputs, float* outputs, VectorWidth width)
    {
        fixed (int* columns = csr.ColumnOf)
        fixed (float* values = csr.Values)
            for (var row = share.First; row < share.End; row++)
            {
                var (first, count) = (csr.Starts[row], csr.CountOf(row));
                for (var i = 0; i < share.Inputs; i++)
                    outputs[((nint)i * csr.Rows) + row] =
                        bias[row] + RowKernel.Dot(columns + first, values + first, count, inputs + ((nint)i * csr.Columns), width);
            }
    }
}
