using SparsePipeline.Contracts;
using SparsePipeline.Learning.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Loop.Transforms;

/// <summary>Scales every kept weight by a product of two trained factors, so that zeros stay zeros.</summary>
/// <remarks>
/// Lu, Zhou, Xu, Zhang, Liu, Li, "SPP: Sparsity-Preserved Parameter-Efficient Fine-Tuning for Large Language Models", ICML 2024, arXiv 2405.16057, and the authors'
/// code: W′ = W + s·(rep(A) ⊙ b) ⊙ W. A has <c>rows</c> rows of one number per input, each repeated for ⌈outputs/rows⌉ outputs in turn, where the authors want
/// their number to be divisible; b has one number per output. b is 0 at the start, so the first forward pass is that of W; A is uniform in ±1/√inputs. Kernels of
/// convolutions are taken as outputs × the rest. A weight may change its sign where s·A·b is below −1.
/// </remarks>
internal sealed class SppTransform : INetworkTransform
{
    public const string Name = "spp";
    private const string Rows = "rows";
    private const string Scale = "scale";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Transform,
        Name = Name,
        Title = "SPP: multipliers that preserve sparsity",
        UseWhen = "Use it to fine-tune a pruned network through a few numbers per input and output; what is zero stays zero, and what is kept can only be scaled.",
        Paper = "Lu, Zhou, Xu, Zhang, Liu, Li: SPP: Sparsity-Preserved Parameter-Efficient Fine-Tuning for Large Language Models, ICML 2024, arXiv 2405.16057",
        Options =
        [
            OptionInfo.Integer(Rows, "Rows of A: numbers per input, at most the outputs.", 16, minimum: 1, maximum: 65_536),
            OptionInfo.Number(Scale, "s: scale of the product of both factors.", 1.0, minimum: 0, maximum: 1000),
        ],
    };

    public TransformedWeight Begin(torch.Tensor weight, long seed, OptionValues options)
    {
        var (outputs, inputs) = (weight.shape[0], weight.numel() / weight.shape[0]);
        var repeats = (outputs + options.Integer(Rows) - 1) / options.Integer(Rows);
        var (a, b) = (torch.empty((outputs + repeats - 1) / repeats, inputs, device: weight.device), torch.zeros(outputs, 1, device: weight.device));
        var (random, bound) = (new SeededRandom(seed), 1 / Math.Sqrt(inputs));
        HostMemory.Write<float>(a, values =>
        {
            foreach (ref var value in values)
                value = (float)((2 * random.NextUnit() - 1) * bound);
        });
        var (rows, columns, scale) = (new Parameter(a), new Parameter(b), options.Number(Scale));
        return new TransformedWeight(new SortedDictionary<string, Parameter>(StringComparer.Ordinal) { ["a"] = rows, ["b"] = columns }, () => Effective(weight, rows, columns, scale));
    }

    /// <summary>W + s·(rep(A) ⊙ b) ⊙ W.</summary>
    /// <param name="weight">W, outputs first.</param>
    /// <param name="a">Rows of one number per input.</param>
    /// <param name="b">One number per output, as a column.</param>
    /// <param name="scale">s.</param>
    internal static torch.Tensor Effective(torch.Tensor weight, torch.Tensor a, torch.Tensor b, double scale)
    {
        var outputs = weight.shape[0];
        var repeats = (outputs + a.shape[0] - 1) / a.shape[0];
        using var factor = scale.ToScalar();
        var product = a.repeat_interleave(repeats, 0).narrow(0, 0, outputs).mul(b).view(weight.shape);
        // Added and not multiplied by 1 + …: +0 stays +0 whatever the sign of the product.
        return weight.add(product.mul(weight), factor);
    }
}
