using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Weights that stay or go together: blocks, rows, channels.</summary>
/// <remarks>
/// A tensor is seen as the matrix [output, inputs · kernel]. A unit's score is the mean score of its weights, with magnitudes its 1-norm
/// per weight, as Li, Kadav, Durdanovic, Samet, Graf, "Pruning Filters for Efficient ConvNets", ICLR 2017, arXiv 1608.08710, rank the filters
/// of a layer; per weight, since units of different sizes compete under a global allocation and at the edges of a tensor.
/// Of what a group may keep, units are taken from the best down until the next does not fit: the cut never keeps more than was asked for, and
/// less than one unit per group fewer. The best unit of every layer stays whatever its score, so no layer is emptied; what that takes
/// beyond a layer's share the others give in proportion to theirs. Ties: the tensor first in ordinal order, the lower unit. What an earlier
/// cut pruned stays pruned, also within a unit. O(n + u log u) time and some 50 bytes of memory for each of u units.
/// </remarks>
internal abstract class UnitStructure : IStructure
{
    public abstract MethodInfo Info { get; }

    public long Unit(PrunableTensor tensor) => tensor.Total == 0 ? 0 : Grid(tensor).UnitSize;

    public void Select(IScoreSource scores, IReadOnlyList<CutGroup> groups, IReadOnlyList<ulong[]> masks)
    {
        var layers = new LayerUnits[scores.Tensors.Count];
        int[] tensors = [.. groups.SelectMany(g => g.Tensors).Where(t => scores.Tensors[t].Total > 0)];
        Workers.Run(
            [.. tensors.Select(t => new Chunk(t, 0, 0))],
            scores.Parallelism,
            () => 0,
            (chunk, _) => layers[chunk.Tensor] = LayerUnits.Read(scores, chunk.Tensor, Grid(scores.Tensors[chunk.Tensor]), masks[chunk.Tensor]));
        if (tensors.Any(t => layers[t].Scores.Any(s => !double.IsFinite(s))))
            NotFiniteScore.Throw(scores, new CutGroup([.. tensors.Order()], 0));
        var stays = layers.Select((l, t) => l is null ? [] : Certain(scores.Tensors[t], l)).ToArray();
        foreach (var group in UnitBudget.Fit(this, scores.Tensors, groups, [.. stays.Select((s, t) => Kept(layers[t], s))]))
            Fill(group, layers, stays);
        foreach (var tensor in tensors)
            layers[tensor].Clear(stays[tensor], scores.Tensors[tensor].Total, masks[tensor]);
    }

    /// <summary>The units of a tensor that has weights.</summary>
    protected abstract UnitGrid Grid(PrunableTensor tensor);

    /// <summary>Whether a tensor keeps all its units.</summary>
    protected virtual bool Spares(PrunableTensor tensor) => false;

    private bool[] Certain(PrunableTensor tensor, LayerUnits units) =>
        [.. Enumerable.Range(0, units.Left.Length).Select(u => Spares(tensor) || u == units.Best)];

    private static long Kept(LayerUnits units, bool[] stays) => stays.Select((stay, unit) => stay ? units.Left[unit] : 0).Sum();

    private static void Fill(CutGroup group, LayerUnits[] layers, bool[][] stays)
    {
        var left = group.Kept - group.Tensors.Sum(t => Kept(layers[t], stays[t]));
        var open = group.Tensors.Order()
            .SelectMany(t => Enumerable.Range(0, stays[t].Length).Where(u => !stays[t][u] && layers[t].Left[u] > 0).Select(u => (Tensor: t, Unit: u)))
            .OrderByDescending(u => layers[u.Tensor].Scores[u.Unit]);
        foreach (var (tensor, unit) in open)
        {
            if ((left -= layers[tensor].Left[unit]) < 0)
                return;
            stays[tensor][unit] = true;
        }
    }
}
