namespace SparsePipeline.Checkpoints;

/// <summary>
/// Selects the weights that pruning may touch: every floating-point matrix and kernel, first and last layer included as in Sparse Model
/// Soups, that is no embedding, norm, position table or bias.
/// </summary>
/// <remarks>
/// What a tensor is, the structure of the model says where it is known; a bare state dict's tensors are judged by name and shape, see
/// <see cref="RoleByName"/>. What custom does not catch, patterns include and exclude.
/// </remarks>
public static class PrunableTensors
{
    /// <summary>The prunable tensors in ordinal name order.</summary>
    /// <param name="tensors">All tensors of the state dict.</param>
    /// <param name="exclude">Glob patterns over whole names, <c>*</c> and <c>?</c>, for example <c>fc3.*</c>.</param>
    public static IReadOnlyList<TensorInfo> Select(IEnumerable<TensorInfo> tensors, IReadOnlyList<string>? exclude = null) =>
        Select(tensors, TensorSelection.Default with { Exclude = exclude ?? [] });

    /// <summary>The tensors that a cut takes, in ordinal name order; patterns that match nothing are <see cref="SelectionCheck"/>'s to refuse.</summary>
    public static IReadOnlyList<TensorInfo> Select(IEnumerable<TensorInfo> tensors, TensorSelection selection) =>
        [.. tensors.Where(t => IsSelected(t, selection)).OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>Whether the rule takes this tensor by its name and shape.</summary>
    public static bool IsPrunable(TensorInfo tensor) => RoleByName.Of(tensor) == TensorRole.Weight;

    /// <summary>What the tensor is.</summary>
    /// <param name="tensor">A tensor of the state dict.</param>
    /// <param name="selection">Knows the structure of the model, or does not.</param>
    public static TensorRole RoleOf(TensorInfo tensor, TensorSelection selection) =>
        IsMatrix(tensor) && selection.Roles.TryGetValue(tensor.Name, out var role) ? role : RoleByName.Of(tensor);

    /// <summary>Whether a tensor can be pruned at all: floating point, with two dimensions or more.</summary>
    public static bool IsMatrix(TensorInfo tensor) => tensor.IsFloat && tensor.Shape.Length >= 2;

    private static bool IsSelected(TensorInfo tensor, TensorSelection selection) =>
        !Matches(selection.Exclude, tensor)
        && (RoleOf(tensor, selection) == TensorRole.Weight || IsMatrix(tensor) && Matches(selection.Include, tensor));

    private static bool Matches(IReadOnlyList<string> patterns, TensorInfo tensor) => patterns.Any(p => NamePattern.Matches(p, tensor.Name));
}
