using TorchSharp;

namespace SparsePipeline.Learning.Data;

/// <summary>Some examples as tensors, by what they are for.</summary>
/// <param name="Index">Their positions in the split: what somebody remembers of an example is kept under this number.</param>
/// <param name="Inputs">As the network takes them, see <see cref="BatchReader.Empty"/>.</param>
/// <param name="Targets">
/// What it is to say of them: classes as integers [n · positions], or standardised real numbers [n]. Null for data that has no targets; tasks that look at none
/// leave it alone.
/// </param>
internal sealed record Batch(int[] Index, torch.Tensor Inputs, torch.Tensor? Targets)
{
    /// <summary>Another view of every example, shaped as <see cref="Inputs"/>; null for data with one view.</summary>
    public torch.Tensor? View2 { get; init; }

    /// <summary>The group of every example, in their order; null for data without groups.</summary>
    public int[]? Groups { get; init; }
}
