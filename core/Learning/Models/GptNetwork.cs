using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>
/// From symbols [n, length] to logits [n, length, symbols] of the symbol after each. State dict as nanoGPT's: <c>transformer.wte</c>,
/// <c>transformer.wpe</c>, <c>transformer.h.i.{ln_1, attn.c_attn, attn.c_proj, ln_2, mlp.c_fc, mlp.c_proj}</c>, <c>transformer.ln_f</c>,
/// <c>lm_head.weight</c>.
/// </summary>
/// <remarks>No dropout, so that trainings repeat. Embedding and head share weights only where that is asked for: the head is pruned, and with it the embedding.</remarks>
internal sealed class GptNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Embedding _symbols;
    private readonly Embedding _places;
    private readonly ModuleList<TransformerBlock> _blocks;
    private readonly LayerNorm _norm;
    private readonly LinearLayer _head;

    public GptNetwork(int symbols, int context, int layers, int heads, int width, bool tied = false)
        : base(nameof(GptNetwork))
    {
        _symbols = torch.nn.Embedding(symbols, width);
        _places = torch.nn.Embedding(context, width);
        _blocks = new ModuleList<TransformerBlock>([.. Enumerable.Range(0, layers).Select(_ => new TransformerBlock(width, heads))]);
        _norm = torch.nn.LayerNorm(width);
        _head = new LinearLayer(tied ? _symbols.weight! : new Parameter(torch.zeros(symbols, width)), bias: null);
        register_module("transformer", torch.nn.ModuleDict<torch.nn.Module>(("wte", _symbols), ("wpe", _places), ("h", _blocks), ("ln_f", _norm)));
        register_module("lm_head", _head);
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        var places = _places.weight!.narrow(0, 0, input.shape[1]);
        var x = _symbols.call(input).add(places, KeptScalars.One);
        foreach (var block in _blocks)
            x = block.call(x);
        return _head.call(_norm.call(x));
    }
}
