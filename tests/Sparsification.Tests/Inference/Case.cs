using SparsePipeline.Sparsification.Inference;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Tests.Inference;

/// <summary>A layer with its inputs.</summary>
internal sealed record Case(int Rows, int Columns, int Batch, int Threads, float[] Weights, float[] Bias, float[] Inputs)
{
    /// <summary>Numbers in [−1, 1); some rows are empty, some weights −0.</summary>
    public static Case Of(int rows, int columns, int batch, double density, int threads, int seed)
    {
        var random = new Random(seed);
        float Number() => (2 * random.NextSingle()) - 1;
        var weights = new float[rows * columns];
        for (var row = 0; row < rows; row++)
            if (random.Next(8) != 0)
                foreach (ref var weight in weights.AsSpan(row * columns, columns))
                    weight = random.NextDouble() < density ? Number() : -0f;
        return new Case(rows, columns, batch, threads, weights, Numbers(rows), Numbers(batch * columns));

        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => Number())];
    }

    public float[] Outputs(VectorWidth width)
    {
        // NaN in what was not written yet would show in the comparison.
        var outputs = new float[Batch * Rows];
        outputs.AsSpan().Fill(float.NaN);
        new SparseLinear(Weights, Rows, Columns, Bias, width).Apply(Inputs, outputs, Threads);
        return outputs;
    }

    /// <summary>To 10⁻⁴, against a product in 64 bits; NaN, an output that was not written, agrees with nothing.</summary>
    public bool AgreesWithDense(VectorWidth width) =>
        Outputs(width).Select((output, i) => Math.Abs(Dense(i / Rows, i % Rows) - output) <= 1e-4).All(near => near);

    public override string ToString() => $"{Rows} × {Columns}, batch {Batch}, {Threads} threads, {Weights.Count(w => w != 0)} weights";

    private double Dense(int input, int row)
    {
        double sum = Bias[row];
        for (var column = 0; column < Columns; column++)
            sum += (double)Weights[(row * Columns) + column] * Inputs[(input * Columns) + column];
        return sum;
    }
}
