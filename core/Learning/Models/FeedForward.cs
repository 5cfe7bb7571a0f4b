using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>Four times as wide inside, with GELU (Hendrycks, Gimpel 2016, arXiv 1606.08415), exact as in nanoGPT.</summary>
internal sealed class FeedForward : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly LinearLayer c_fc;
    private readonly LinearLayer c_proj;

    public FeedForward(int width)
        : base(nameof(FeedForward))
    {
        c_fc = new LinearLayer(width, 4 * width);
        c_proj = new LinearLayer(4 * width, width);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input) => c_proj.call(torch.nn.functional.gelu(c_fc.call(input)));
}
