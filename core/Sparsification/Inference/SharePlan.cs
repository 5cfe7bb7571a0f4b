using System.Numerics;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>Divides a product among threads so that no two write the same number.</summary>
/// <param name="Csr">The weights.</param>
/// <param name="Strips">The weights in strips, where the processor can use them.</param>
internal sealed record SharePlan(CsrWeights Csr, StripWeights? Strips)
{
    /// <summary>Multiply-adds that are worth a thread of their own: a tenth of a millisecond at worst; waking a thread takes about a hundredth.</summary>
    private const long WorkPerThread = 400_000;

    /// <summary>A tile that is not full costs as much as a full one: how many inputs, taken in another way, cost as much as a tile.</summary>
    private int WorthATile => Strips is null ? TileKernel.Width / 8 : TileKernel.Width / 2;

    /// <param name="batch">Inputs, at least 1.</param>
    /// <param name="threads">Most threads, at least 1.</param>
    public IReadOnlyList<Share> Of(int batch, int threads)
    {
        var useful = (int)Math.Clamp(Csr.Values.Length * (long)batch / WorkPerThread, 1, threads);
        var tiles = (batch + TileKernel.Width - WorthATile) / TileKernel.Width;
        var shares = new List<Share>();
        if (tiles > 0)
            AddTiles(shares, tiles, batch, useful);
        var tiled = Math.Min(batch, tiles * TileKernel.Width);
        if (tiled < batch)
            foreach (var (first, end) in Cut(Strips?.Starts ?? Csr.Starts, useful, multiple: 1))
                shares.Add(new Share(tiled, batch - tiled, first, end, Tiled: false));
        return shares;
    }

    private void AddTiles(List<Share> shares, int tiles, int batch, int threads)
    {
        // As many shares as give every thread the same number of them.
        var parts = threads / (int)BigInteger.GreatestCommonDivisor(tiles, threads);
        for (var tile = 0; tile < tiles; tile++)
            foreach (var (first, end) in Cut(Csr.Starts, parts, CacheLine.Floats))
                shares.Add(new Share(tile * TileKernel.Width, Math.Min(TileKernel.Width, batch - (tile * TileKernel.Width)), first, end, Tiled: true));
    }

    /// <summary>Runs of rows of about the same number of nonzeros that begin at a multiple: threads do not write into one another's lines.</summary>
    private static IEnumerable<(int First, int End)> Cut(int[] starts, int parts, int multiple)
    {
        var first = 0;
        for (var part = 1; part <= parts; part++)
        {
            var at = Array.BinarySearch(starts, (int)(starts[^1] * (long)part / parts));
            var end = part == parts ? starts.Length - 1 : Math.Max(first, (at < 0 ? ~at : at) / multiple * multiple);
            yield return (first, end);
            first = end;
        }
    }
}
