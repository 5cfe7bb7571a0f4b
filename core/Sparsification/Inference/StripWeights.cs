namespace SparsePipeline.Sparsification.Inference;

/// <summary>
/// The nonzero weights in strips of 16 rows, one row per lane of a 512-bit vector. A strip is a run of <em>slots</em>; a slot has at most one
/// weight of each row, all from the same window of 32 columns, so that two registers hold every input it needs and one permutation
/// instruction picks them: a gather would fetch them one by one.
/// </summary>
/// <param name="Starts">Index of the first slot of every strip, and the end of the last; multiples of <see cref="Unrolled"/>.</param>
/// <param name="Windows">First column of every slot's window, a multiple of 16.</param>
/// <param name="Offsets">16 per slot: the lane's column − window, below 32.</param>
/// <param name="Values">16 per slot; 0 in a lane that has nothing to do.</param>
/// <param name="Bias">16 per strip, in the order of the lanes.</param>
/// <param name="Order">Row of every lane, strip after strip.</param>
/// <remarks>A relative of SELL-C-σ (Kreutzer et al. 2014, arXiv:1307.6209) with windows of columns added.</remarks>
internal sealed record StripWeights(
    int[] Starts, AlignedArray<int> Windows, AlignedArray<byte> Offsets, AlignedArray<float> Values, AlignedArray<float> Bias, int[] Order)
{
    /// <summary>Rows per strip.</summary>
    public const int Lanes = CacheLine.Floats;

    /// <summary>Columns per window: what a permutation of two registers reaches.</summary>
    public const int Window = 2 * CacheLine.Floats;

    /// <summary>Slots a kernel takes per turn.</summary>
    public const int Unrolled = 4;

    public int Strips => Starts.Length - 1;

    /// <summary>Bytes held.</summary>
    public long Bytes => Windows.Bytes + Offsets.Bytes + Values.Bytes + Bias.Bytes + (sizeof(int) * ((long)Starts.Length + Order.Length));

    /// <summary>Floats of one input with what a window may reach beyond its end.</summary>
    public static int Padded(int columns) => CacheLine.RoundUp(columns) + CacheLine.Floats;
}
