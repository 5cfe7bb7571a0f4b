namespace SparsePipeline.Checkpoints;

/// <summary>Recognises the state of an optimiser by the names PyTorch's optimisers give to it.</summary>
internal static class OptimiserRule
{
    private static readonly HashSet<string> Alone = new(["exp_avg_sq", "max_exp_avg_sq", "momentum_buffer", "square_avg", "exp_inf"], StringComparer.Ordinal);

    /// <summary>A resume point of ours: weights and moments of one step, with the losses so far.</summary>
    public static bool IsResumePoint(StateDict file) =>
        file.Metadata.ContainsKey("step") && file.Metadata.ContainsKey("losses") && file.Tensors.Any(t => t.Name.StartsWith("weights/", StringComparison.Ordinal));

    public static string? Evidence(TensorNames names) =>
        names.All.FirstOrDefault(t => Alone.Contains(TensorNames.Split(t.Name).Leaf)) is { } moment ? $"'{moment.Name}' is kept by an optimiser" : null;
}
