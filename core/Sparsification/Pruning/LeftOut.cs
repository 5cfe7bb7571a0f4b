using System.Globalization;
using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Says what a cut does not take, so that nobody takes the share of the pruned for that of the network.</summary>
internal static class LeftOut
{
    private const int Named = 3;

    /// <summary>Below this share of all parameters nothing is said.</summary>
    private const double Share = 0.01;

    /// <summary>One sentence about the matrices that the rule leaves out, the largest by name; none about those somebody excluded.</summary>
    public static IEnumerable<string> Warnings(StateDict source, TensorSelection selection)
    {
        var taken = PrunableTensors.Select(source.Tensors, selection with { Exclude = [] }).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        List<TensorInfo> left = [.. source.Tensors
            .Where(t => PrunableTensors.IsMatrix(t) && Parameters.Includes(t) && !taken.Contains(t.Name) && !selection.Exclude.Any(p => NamePattern.Matches(p, t.Name)))
            .OrderByDescending(t => t.Count).ThenBy(t => t.Name, StringComparer.Ordinal)];
        var share = (double)left.Sum(t => t.Count) / source.Tensors.Where(Parameters.Includes).Sum(t => t.Count);
        if (share < Share)
            yield break;
        var named = left.Take(Named).Select(t => $"'{t.Name}' [{string.Join(", ", t.Shape)}] ({TensorRoleNames.Of(PrunableTensors.RoleOf(t, selection))})");
        yield return string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} % of all parameters are in matrices that are not pruned: {string.Join(", ", named)}")
            + $"{(left.Count > Named ? $" and {left.Count - Named} more" : "")}. Include by pattern what is to be pruned.";
    }
}
