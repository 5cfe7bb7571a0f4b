using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Says when a layer has lost so much that a network can hardly work through it.</summary>
/// <remarks>
/// Tanaka, Kunin, Yamins, Ganguli, "Pruning neural networks without any data by iteratively conserving synaptic flow", NeurIPS 2020,
/// arXiv 2006.05467, call it layer collapse when a layer has no weight left. Our thresholds for next to nothing are rules of thumb: a
/// thousandth of the weights, or a tenth of the outputs. They are judged layer by layer: residual connections may lead around one.
/// </remarks>
public static class CollapseAlarm
{
    /// <summary>Below this density a layer raises the alarm.</summary>
    public const double LeastDensity = 0.001;

    /// <summary>So does one with no more than this share of its outputs alive.</summary>
    public const double LeastLiveRows = 0.1;

    /// <summary>The alarm with its remedy, or null.</summary>
    /// <param name="layer">What is left of it.</param>
    /// <param name="isOutput">Whether it is the last layer, in which no output may be dead.</param>
    /// <param name="remedy">Makes a sentence for who knows how the layer was cut; asked only where there is an alarm, for it may take long.</param>
    public static string? Of(LayerCompression layer, bool isOutput, Func<string>? remedy = null)
    {
        if (layer.Total == 0 || Reason(layer, isOutput) is not { } reason)
            return null;
        return $"Layer '{layer.Name}' {reason}. {remedy?.Invoke() ?? "Prune less, exclude the layer, or give it a sparsity of its own."}";
    }

    private static string? Reason(LayerCompression layer, bool isOutput) => layer switch
    {
        { Kept: 0 } => $"has none of its {layer.Total} weights left: its output no longer depends on its input",
        { DeadRows: > 0 } when isOutput => $"has no weight left in {layer.DeadRows} of its {layer.Rows} outputs: what they stand for is answered by the bias alone",
        _ when layer.Rows - layer.DeadRows <= LeastLiveRows * layer.Rows => $"has weights left in only {layer.Rows - layer.DeadRows} of its {layer.Rows} outputs",
        _ when layer.Density < LeastDensity =>
            string.Create(CultureInfo.InvariantCulture, $"has {layer.Kept} of its {layer.Total} weights left, less than {100 * LeastDensity} %"),
        _ => null,
    };
}
