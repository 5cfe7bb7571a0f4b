using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>Every position takes up what it needs of itself and of those before it (Vaswani et al. 2017, arXiv 1706.03762, section 3.2).</summary>
/// <remarks>
/// Queries, keys and values come from one product and stay where it put them: heads are views of it, and so is the sum over heads of
/// what libtorch's fused kernel returns.
/// </remarks>
internal sealed class CausalSelfAttention : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly LinearLayer c_attn;
    private readonly LinearLayer c_proj;
    private readonly int _heads;

    public CausalSelfAttention(int width, int heads)
        : base(nameof(CausalSelfAttention))
    {
        _heads = heads;
        c_attn = new LinearLayer(width, 3 * width);
        c_proj = new LinearLayer(width, width);
        RegisterComponents();
    }

    /// <summary>
    /// Multiply-adds of one example that no weight takes part in: each position's query with the keys up to it, and its weights with the
    /// values up to it, together (length + 1) · length · width.
    /// </summary>
    public static long Products(torch.Tensor output) => (output.shape[1] + 1) * output.shape[1] * output.shape[2];

    public override torch.Tensor forward(torch.Tensor input)
    {
        var (count, length, width) = (input.shape[0], input.shape[1], input.shape[2]);
        var parts = Autocast.ToSingle(c_attn.call(input)).view(count, length, 3, _heads, width / _heads).unbind(2);
        return c_proj.call(Mix(parts).transpose(1, 2).reshape(count, length, width));
    }

    /// <summary>In single precision always: in bfloat16 the fused kernel calls a library for every head and block, and takes twice as long.</summary>
    private static torch.Tensor Mix(torch.Tensor[] parts)
    {
        using var pause = Autocast.Pause();
        return torch.nn.functional.scaled_dot_product_attention(
            parts[0].transpose(1, 2), parts[1].transpose(1, 2), parts[2].transpose(1, 2), is_casual: true);
    }
}
