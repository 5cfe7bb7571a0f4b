using System.Runtime.InteropServices;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>Packs rows into strips: every slot's window starts where the row that is furthest behind has its next weight.</summary>
/// <remarks>Rows that are ahead wait until the window reaches them; they may be up to a window ahead, which evens out most of chance's ups and downs.</remarks>
internal sealed class StripPacker(CsrWeights csr)
{
    private readonly List<int> _windows = [];
    private readonly List<byte> _offsets = [];
    private readonly List<float> _values = [];

    /// <param name="csr">The weights.</param>
    /// <param name="bias">One number per row.</param>
    public static StripWeights Pack(CsrWeights csr, ReadOnlySpan<float> bias) => new StripPacker(csr).Pack(bias);

    private StripWeights Pack(ReadOnlySpan<float> bias)
    {
        // Rows of about equal length share a strip, since a strip is as long as its longest row.
        int[] order = [.. Enumerable.Range(0, csr.Rows).OrderByDescending(csr.CountOf)];
        var strips = (csr.Rows + StripWeights.Lanes - 1) / StripWeights.Lanes;
        var (starts, lanes) = (new int[strips + 1], new float[strips * StripWeights.Lanes]);
        for (var strip = 0; strip < strips; strip++)
        {
            var first = strip * StripWeights.Lanes;
            PackStrip(order.AsSpan(first, Math.Min(StripWeights.Lanes, csr.Rows - first)));
            starts[strip + 1] = _windows.Count;
        }
        for (var i = 0; i < order.Length; i++)
            lanes[i] = bias[order[i]];
        return new StripWeights(
            starts,
            new AlignedArray<int>(CollectionsMarshal.AsSpan(_windows)),
            new AlignedArray<byte>(CollectionsMarshal.AsSpan(_offsets)),
            new AlignedArray<float>(CollectionsMarshal.AsSpan(_values)),
            new AlignedArray<float>(lanes),
            order);
    }

    private void PackStrip(ReadOnlySpan<int> rows)
    {
        Span<int> next = stackalloc int[rows.Length];
        for (var lane = 0; lane < rows.Length; lane++)
            next[lane] = csr.Starts[rows[lane]];
        for (var column = FirstColumn(rows, next); column < csr.Columns; column = FirstColumn(rows, next))
            PackSlot(rows, next, column / CacheLine.Floats * CacheLine.Floats);
        while (_windows.Count % StripWeights.Unrolled != 0)
            AddSlot(0);
    }

    private void PackSlot(ReadOnlySpan<int> rows, Span<int> next, int window)
    {
        var slot = AddSlot(window);
        for (var lane = 0; lane < rows.Length; lane++)
        {
            var i = next[lane];
            if (i == csr.Starts[rows[lane] + 1] || csr.ColumnOf[i] >= window + StripWeights.Window)
                continue;
            _offsets[slot + lane] = (byte)(csr.ColumnOf[i] - window);
            _values[slot + lane] = csr.Values[i];
            next[lane]++;
        }
    }

    /// <returns>Index of the slot's first lane.</returns>
    private int AddSlot(int window)
    {
        _windows.Add(window);
        CollectionsMarshal.SetCount(_offsets, _offsets.Count + StripWeights.Lanes);
        CollectionsMarshal.SetCount(_values, _values.Count + StripWeights.Lanes);
        var first = _values.Count - StripWeights.Lanes;
        CollectionsMarshal.AsSpan(_offsets)[first..].Clear();
        CollectionsMarshal.AsSpan(_values)[first..].Clear();
        return first;
    }

    /// <returns>The lowest column that a row has left, or the number of columns.</returns>
    private int FirstColumn(ReadOnlySpan<int> rows, ReadOnlySpan<int> next)
    {
        var first = csr.Columns;
        for (var lane = 0; lane < rows.Length; lane++)
            if (next[lane] < csr.Starts[rows[lane] + 1])
                first = Math.Min(first, csr.ColumnOf[next[lane]]);
        return first;
    }
}
