using System.Numerics;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>The units of one tensor: what each is worth and how many weights earlier cuts have left of it.</summary>
internal sealed class LayerUnits
{
    private readonly UnitGrid _grid;
    private readonly double[] _scores;

    private LayerUnits(UnitGrid grid)
    {
        _grid = grid;
        _scores = new double[grid.Count];
        Left = new long[grid.Count];
    }

    /// <summary>Mean score of a unit's weights that are left: what is gained per weight kept. Meaningless for units with none left.</summary>
    public IReadOnlyList<double> Scores => _scores;

    /// <summary>Weights of each unit that are left.</summary>
    public long[] Left { get; }

    /// <summary>The unit that stays when one must; null when none has a weight left.</summary>
    public int? Best { get; private set; }

    /// <summary>Reads a tensor in order, so that sums do not depend on threads, and sets the bit of every weight that is left.</summary>
    public static LayerUnits Read(IScoreSource scores, int tensor, UnitGrid grid, ulong[] words) =>
        scores.IsWide ? Read<double>(scores, tensor, grid, words) : Read<float>(scores, tensor, grid, words);

    private static LayerUnits Read<T>(IScoreSource scores, int tensor, UnitGrid grid, ulong[] words)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var units = new LayerUnits(grid);
        var scratch = new T[Chunk.Block];
        foreach (var block in Chunk.Split([(tensor, scores.Tensors[tensor].Total)]).SelectMany(c => c.Blocks()))
        {
            var run = scratch.AsSpan(0, block.Count);
            scores.Read(tensor, block.Start, run);
            foreach (var (unit, offset, count) in grid.Pieces(block.Start, block.Count))
                for (var i = offset; i < offset + count; i++)
                    if (!(scratch[i] < T.Zero))
                    {
                        units.Add(unit, double.CreateTruncating(scratch[i]), scores);
                        words[(block.Start + i) / 64] |= 1UL << (i % 64);
                    }
        }

        units.Finish(scores);
        return units;
    }

    /// <summary>Clears the bits of all units but those that stay.</summary>
    public void Clear(bool[] stays, long total, ulong[] words)
    {
        foreach (var block in Chunk.Split([(0, total)]).SelectMany(c => c.Blocks()))
            foreach (var (unit, offset, count) in _grid.Pieces(block.Start, block.Count))
                if (!stays[unit])
                    for (var i = offset; i < offset + count; i++)
                        words[(block.Start + i) / 64] &= ~(1UL << (i % 64));
    }

    private void Add(int unit, double score, IScoreSource source)
    {
        // The sum of 64-bit scores may be more than 64 bits hold, so their mean is kept up to date instead.
        if (source is { Averages: true, IsWide: true })
            _scores[unit] += (score - _scores[unit]) / (Left[unit] + 1);
        else if (source.Averages || Left[unit] == 0)
            _scores[unit] += score;
        Left[unit]++;
    }

    private void Finish(IScoreSource source)
    {
        for (var unit = 0; unit < _scores.Length; unit++)
        {
            if (Left[unit] == 0)
                continue;
            if (source is { Averages: true, IsWide: false })
                _scores[unit] /= Left[unit];
            if (Best is not { } best || _scores[unit] > _scores[best])
                Best = unit;
        }
    }
}
