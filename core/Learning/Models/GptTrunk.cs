using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>All of a <see cref="GptNetwork"/> but its head: from symbols [n, length] to [n, length, width].</summary>
/// <remarks>A module of its own and no dictionary of modules: the library cannot move its dictionaries to a device.</remarks>
internal sealed class GptTrunk : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Embedding wte;
    private readonly Embedding wpe;
    private readonly ModuleList<TransformerBlock> h;
    private readonly LayerNorm ln_f;

    public GptTrunk(int symbols, int context, int layers, int heads, int width)
        : base(nameof(GptTrunk))
    {
        wte = torch.nn.Embedding(symbols, width);
        wpe = torch.nn.Embedding(context, width);
        h = new ModuleList<TransformerBlock>([.. Enumerable.Range(0, layers).Select(_ => new TransformerBlock(width, heads))]);
        ln_f = torch.nn.LayerNorm(width);
        RegisterComponents();
    }

    /// <summary>One row per symbol.</summary>
    public Embedding Symbols => wte;

    public override torch.Tensor forward(torch.Tensor input)
    {
        var places = wpe.weight!.narrow(0, 0, input.shape[1]);
        var x = wte.call(input).add(places, KeptScalars.One);
        foreach (var block in h)
            x = block.call(x);
        return ln_f.call(x);
    }
}
