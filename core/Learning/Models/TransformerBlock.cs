using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>Attention and a two-layer network beside a shortcut each, with LayerNorm in front of both (pre-LN, as GPT-2).</summary>
internal sealed class TransformerBlock : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly LayerNorm ln_1;
    private readonly CausalSelfAttention attn;
    private readonly LayerNorm ln_2;
    private readonly FeedForward mlp;

    public TransformerBlock(int width, int heads)
        : base(nameof(TransformerBlock))
    {
        ln_1 = torch.nn.LayerNorm(width);
        attn = new CausalSelfAttention(width, heads);
        ln_2 = torch.nn.LayerNorm(width);
        mlp = new FeedForward(width);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        var x = input.add(attn.call(ln_1.call(input)), KeptScalars.One);
        return x.add(mlp.call(ln_2.call(x)), KeptScalars.One);
    }
}
