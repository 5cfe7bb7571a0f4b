using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>The power of two by which numbers are scaled before they are squared: 1 unless they are F64 and far from 1.</summary>
internal static class NormScale
{
    private const int FarFromOne = 300;

    /// <summary>Of checkpoints that are measured together. Reads them once where there is an F64 tensor, and not otherwise.</summary>
    public static double Of(IReadOnlyList<StateDict> states, int threads)
    {
        if (!states.Any(s => s.Tensors.Any(t => t.Type == TensorType.F64)))
            return 1;
        var largest = states.Max(s => Largest(s, threads));
        return largest == 0 || Math.ILogB(largest) is > -FarFromOne and < FarFromOne ? 1 : Math.ScaleB(1, -Math.Clamp(Math.ILogB(largest), -1000, 1000));
    }

    /// <summary>The largest finite magnitude.</summary>
    private static double Largest(StateDict state, int threads)
    {
        double largest = 0;
        Workers.Run(
            Chunk.Split(state.Tensors.Select((t, i) => (Info: t, Index: i)).Where(t => t.Info.IsFloat).Select(t => (t.Index, t.Info.Count))),
            threads,
            () => new Found(),
            (chunk, found) =>
            {
                foreach (var block in chunk.Blocks())
                    found.Look(state, state.Tensors[block.Tensor].Name, block);
            },
            found => largest = Math.Max(largest, found.Largest));
        return largest;
    }

    private sealed class Found
    {
        private readonly double[] _scratch = new double[Chunk.Block];

        public double Largest { get; private set; }

        public void Look(StateDict state, string name, Chunk block)
        {
            var values = _scratch.AsSpan(0, block.Count);
            state.ReadDoubles(name, block.Start, values);
            foreach (var value in values)
                if (Math.Abs(value) > Largest && double.IsFinite(value))
                    Largest = Math.Abs(value);
        }
    }
}
