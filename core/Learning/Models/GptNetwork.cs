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
    private readonly GptTrunk _trunk;
    private readonly LinearLayer _head;

    public GptNetwork(int symbols, int context, int layers, int heads, int width, bool tied = false)
        : base(nameof(GptNetwork))
    {
        register_module("transformer", _trunk = new GptTrunk(symbols, context, layers, heads, width));
        register_module("lm_head", _head = new LinearLayer(tied ? _trunk.Symbols.weight! : new Parameter(torch.zeros(symbols, width)), bias: null));
    }

    public override torch.Tensor forward(torch.Tensor input) => _head.call(_trunk.call(input));
}
