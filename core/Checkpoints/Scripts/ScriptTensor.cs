namespace SparsePipeline.Checkpoints;

/// <summary>A tensor of a script.</summary>
/// <param name="Storage">The record it lies in: tied tensors have one.</param>
/// <param name="Offset">First element in it.</param>
/// <param name="Shape">Dimensions.</param>
internal sealed record ScriptTensor(string Storage, long Offset, IReadOnlyList<long> Shape)
{
    /// <summary>Equal for names of one tensor.</summary>
    public string Identity => $"{Storage}+{Offset} [{string.Join(", ", Shape)}]";
}
