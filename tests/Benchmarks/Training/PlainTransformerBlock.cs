using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace SparsePipeline.Benchmarks;

/// <summary>nanoGPT's block, whose attention is two products, a mask and a softmax where there is no fused kernel.</summary>
internal sealed class PlainTransformerBlock : Module<torch.Tensor, torch.Tensor>
{
    private readonly LayerNorm ln_1;
    private readonly Linear c_attn;
    private readonly Linear c_proj;
    private readonly LayerNorm ln_2;
    private readonly Sequential mlp;
    private readonly torch.Tensor _later;
    private readonly int _heads;

    public PlainTransformerBlock(int width, int heads, int context)
        : base(nameof(PlainTransformerBlock))
    {
        _heads = heads;
        ln_1 = LayerNorm(width);
        c_attn = Linear(width, 3 * width);
        c_proj = Linear(width, width);
        ln_2 = LayerNorm(width);
        mlp = Sequential(Linear(width, 4 * width), GELU(), Linear(4 * width, width));
        register_buffer("later", _later = torch.ones(context, context).triu(1).to(torch.ScalarType.Bool));
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        var x = input + Attend(ln_1.call(input));
        return x + mlp.call(ln_2.call(x));
    }

    private torch.Tensor Attend(torch.Tensor input)
    {
        var (count, length, width) = (input.shape[0], input.shape[1], input.shape[2]);
        var parts = c_attn.call(input).split(width, 2).Select(p => p.view(count, length, _heads, width / _heads).transpose(1, 2)).ToList();
        var scores = parts[0].matmul(parts[1].transpose(-2, -1)) * (1 / Math.Sqrt(width / (double)_heads));
        var weights = functional.softmax(scores.masked_fill(_later, double.NegativeInfinity), -1);
        return c_proj.call(weights.matmul(parts[2]).transpose(1, 2).contiguous().view(count, length, width));
    }
}
