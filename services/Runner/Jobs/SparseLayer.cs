using SparsePipeline.Learning.Metrics;
using SparsePipeline.Sparsification.Inference;

namespace SparsePipeline.Runner.Jobs;

/// <summary>A captured layer with its zeros left out.</summary>
/// <param name="Run">Computes it once.</param>
/// <param name="Difference">Greatest difference from what the network computed, as a share of the greatest output where that exceeds 1.</param>
internal sealed record SparseLayer(Action Run, double Difference)
{
    /// <summary>Null for convolutions that have no sparse form.</summary>
    public static SparseLayer? Of(CapturedLayer layer, int threads)
    {
        var outputs = new float[layer.Outputs.Length];
        if (Execution(layer, outputs, threads) is not { } run)
            return null;
        run();
        var scale = layer.Outputs.Aggregate(1.0, (most, output) => Math.Max(most, Math.Abs(output)));
        return new SparseLayer(run, outputs.Zip(layer.Outputs, (ours, theirs) => Math.Abs((double)ours - theirs)).Max() / scale);
    }

    private static Action? Execution(CapturedLayer layer, float[] outputs, int threads)
    {
        int[] shape = [.. layer.WeightShape.Select(s => checked((int)s))];
        if (shape.Length == 2)
        {
            var linear = SparseLinear.Pack(layer.Weights, shape[0], shape[1], layer.Bias);
            return () => linear.Apply(layer.Inputs, outputs, threads);
        }
        if (layer.Steps is not { } steps)
            return null;
        var size = new ConvolutionShape(
            shape[0], shape[1], shape[2], steps.Stride, steps.Padding, checked((int)layer.InputShape[2]), checked((int)layer.InputShape[3]));
        var convolution = SparseConvolution.Pack(layer.Weights, size, layer.Bias);
        return () => convolution.Apply(layer.Inputs, outputs, threads);
    }
}
