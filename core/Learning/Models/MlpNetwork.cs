using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>State dict: <c>layers.i.weight</c> [out, in], <c>layers.i.bias</c> [out]; with BatchNorm also <c>norms.i.*</c>.</summary>
internal sealed class MlpNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>, IDirectGradients
{
    private readonly ModuleList<LinearLayer> layers = new();
    private readonly ModuleList<BatchNorm> norms = new();
    private readonly DirectLayers? _direct;

    public MlpNetwork(int inputs, int[] hidden, int classes, bool batchNorm)
        : base(nameof(MlpNetwork))
    {
        int[] widths = [inputs, .. hidden, classes];
        for (var i = 0; i + 1 < widths.Length; i++)
            layers.Add(new LinearLayer(widths[i], widths[i + 1]));
        if (batchNorm)
            foreach (var width in hidden)
                norms.Add(new BatchNorm(width));
        RegisterComponents();
        if (!batchNorm)
            _direct = new DirectLayers([.. layers]);
    }

    /// <inheritdoc/>
    public bool IsDirect { get; set; }

    /// <inheritdoc/>
    public void Backward() => _direct?.Backward();

    public override torch.Tensor forward(torch.Tensor input)
    {
        var x = input.flatten(1);
        if (IsDirect && training && _direct?.Forward(x) is { } predictions)
            return predictions;
        for (var i = 0; i < layers.Count; i++)
        {
            x = layers[i].call(x);
            if (i + 1 == layers.Count)
                return x;
            x = norms.Count > 0 ? norms[i].WithRelu(x) : x.relu_();
        }
        return x;
    }
}
