using SparsePipeline.Checkpoints;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Takes all norms and pairwise distances in one pass over the candidates.</summary>
internal static class GeometryMeasurement
{
    public static SoupGeometry Of(CandidateSet candidates, int threads)
    {
        var n = candidates.States.Count;
        var floats = candidates.Tensors.Select((t, i) => (Info: t, Index: i)).Where(t => t.Info.IsFloat);
        var scale = NormScale.Of(candidates.States, threads);
        bool[] wide = [.. candidates.Tensors.Select(t => scale != 1 || candidates.States.Any(s => s.Find(t.Name)!.Type == TensorType.F64))];
        var chunks = Chunk.Split(floats.Select(t => (t.Index, t.Info.Count)));
        var partial = new Sums[chunks.Length];
        Workers.RunIndexed(chunks, threads, () => (Narrow: Rows<float>(n), Wide: Rows<double>(n)), (index, rows) =>
        {
            partial[index] = new Sums(n);
            foreach (var block in chunks[index].Blocks())
                if (wide[block.Tensor])
                    AddWide(candidates, block, rows.Wide, scale, partial[index]);
                else
                    Add(candidates, block, rows.Narrow, partial[index]);
        });
        // Chunks are added in their order, so the sums do not depend on which thread did which.
        var total = new Sums(n);
        foreach (var part in partial)
            total.Add(part);
        return SoupGeometry.Of(total.Norms, total.Distances, scale);
    }

    private static void Add(CandidateSet candidates, Chunk block, float[][] rows, Sums sums)
    {
        var name = candidates.Tensors[block.Tensor].Name;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i].AsSpan(0, block.Count);
            candidates.States[i].ReadFloats(name, block.Start, row);
            sums.Norms[i] += SquaredDistance.FromOrigin(row);
            for (var j = 0; j < i; j++)
                sums.AddDistance(i, j, SquaredDistance.Between(row, rows[j].AsSpan(0, block.Count)));
        }
    }

    private static void AddWide(CandidateSet candidates, Chunk block, double[][] rows, double scale, Sums sums)
    {
        var name = candidates.Tensors[block.Tensor].Name;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i].AsSpan(0, block.Count);
            candidates.States[i].ReadDoubles(name, block.Start, row);
            sums.Norms[i] += WideDistance.FromOrigin(row, scale);
            for (var j = 0; j < i; j++)
                sums.AddDistance(i, j, WideDistance.Between(row, rows[j].AsSpan(0, block.Count), scale));
        }
    }

    private static T[][] Rows<T>(int n) => [.. Enumerable.Range(0, n).Select(_ => new T[Chunk.Block])];

    private sealed class Sums(int n)
    {
        public double[] Norms { get; } = new double[n];

        public double[,] Distances { get; } = new double[n, n];

        public void AddDistance(int i, int j, double squared) => Distances[i, j] = Distances[j, i] += squared;

        public void Add(Sums other)
        {
            for (var i = 0; i < n; i++)
            {
                Norms[i] += other.Norms[i];
                for (var j = 0; j < i; j++)
                    AddDistance(i, j, other.Distances[i, j]);
            }
        }
    }
}
