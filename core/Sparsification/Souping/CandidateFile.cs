using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>A trained candidate offered to a soup.</summary>
/// <param name="Path">Its safetensors file.</param>
/// <param name="Validation">What it is worth on the validation split after its own BatchNorm recalibration, see <see cref="SoupRequest.Measure"/>; of accuracy in [0, 1].</param>
/// <param name="Mask">The mask it was trained under, when candidates have masks of their own.</param>
public sealed record CandidateFile(string Path, double Validation, SparsityMask? Mask = null)
{
    /// <summary>Its squared gradients, as <see cref="StatisticsFile"/> reads them, for soups that go by them; null for others.</summary>
    public string? Statistics { get; init; }
}
