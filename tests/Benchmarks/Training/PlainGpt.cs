using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace SparsePipeline.Benchmarks;

/// <summary>nanoGPT's network, without dropout and with a head of its own.</summary>
internal sealed class PlainGpt : Module<torch.Tensor, torch.Tensor>
{
    private readonly Embedding symbols;
    private readonly Embedding places;
    private readonly Sequential blocks;
    private readonly LayerNorm norm;
    private readonly Linear head;

    public PlainGpt(int vocabulary, int context, int layers, int heads, int width)
        : base(nameof(PlainGpt))
    {
        symbols = Embedding(vocabulary, width);
        places = Embedding(context, width);
        blocks = Sequential([.. Enumerable.Range(0, layers).Select(_ => new PlainTransformerBlock(width, heads, context))]);
        norm = LayerNorm(width);
        head = Linear(width, vocabulary, hasBias: false);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        using var positions = torch.arange(input.shape[1], torch.ScalarType.Int64);
        return head.call(norm.call(blocks.call(symbols.call(input) + places.call(positions))));
    }
}
