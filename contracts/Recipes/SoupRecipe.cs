using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Contracts;

/// <summary>How candidates become one network.</summary>
public sealed record SoupRecipe
{
    /// <summary>A registered soup.</summary>
    [MethodAxis(MethodAxes.Soup)]
    public MethodSpec Method { get; init; } = MethodSpec.Of(MethodDefaults.Soup);

    /// <summary>
    /// The network that soups such as <c>model-stock</c> measure their members from: <c>retrained</c>, one retraining of the cycle's cut, from which the
    /// candidates then start, or <c>pruned</c>, the cut as it is. Straight after a cut a network is broken and all candidates leave it in the same
    /// direction, so <c>pruned</c> is for comparisons. Null for soups that need none.
    /// </summary>
    [AllowedValues("retrained", "pruned")]
    public string? Anchor { get; init; }

    /// <summary>
    /// Makes every candidate an iterative pruning run of its own, which goes on from itself with masks of its own, and says how the masks
    /// of an average are combined; null has candidates share one cut per cycle, which starts from the soup before.
    /// </summary>
    [MethodAxis(MethodAxes.MaskPolicy)]
    public string? MaskPolicy { get; init; }

    /// <summary>Paths of the safetensors files that the workflow <c>merge</c> averages, with the model's own names and shapes.</summary>
    public IReadOnlyList<string>? Networks { get; init; }

    /// <summary>The stored networks, filled in when a run is submitted.</summary>
    public IReadOnlyList<ArtifactRef>? Checkpoints { get; init; }

    /// <summary>
    /// Path of the safetensors file that soups such as <c>model-stock</c> measure the networks of the workflow <c>merge</c> from: the network they all
    /// started from, with zeros wherever they have zeros. Null for soups that need none.
    /// </summary>
    public string? AnchorNetwork { get; init; }

    /// <summary>The stored anchor, filled in when a run is submitted.</summary>
    public ArtifactRef? AnchorCheckpoint { get; init; }

    /// <summary>Share of the training data for BatchNorm recalibration of soups; null takes <c>retraining.recalibration</c>.</summary>
    [Range(0.0, 1.0)]
    public double? Recalibration { get; init; }

    /// <summary>Fewest candidates a soup may be made of; null needs all.</summary>
    [Range(1, 100)]
    public int? Quorum { get; init; }

    /// <summary>Minutes to wait for the rest once the quorum is there; null waits until every candidate has finished or failed.</summary>
    [Range(0.0, 525_600.0)]
    public double? DeadlineMinutes { get; init; }

    /// <summary>Whether a candidate that finishes after the deadline makes a new soup.</summary>
    [DefaultValue(false)]
    public bool AmendLate { get; init; }
}
