using System.Text.RegularExpressions;

namespace SparsePipeline.Checkpoints;

/// <summary>Finds the last layer of a network in its bare state dict.</summary>
/// <remarks>
/// A state dict does not say in which order its layers are used, so the rule is by form and custom: of the prunable matrices (of all
/// prunable tensors when there is none) the one nearest to the root that is named like an output (<c>fc</c>, <c>lm_head</c>…), else
/// the last, numbers in names compared as numbers. What was found is said in the report of a cut that depends on it.
/// </remarks>
public static partial class OutputLayer
{
    private static readonly HashSet<string> Customary = new(["fc", "head", "lm_head", "classifier", "output", "logits"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of its weights; null when nothing is prunable.</summary>
    public static string? Of(IEnumerable<TensorInfo> tensors)
    {
        var prunable = PrunableTensors.Select(tensors);
        var matrices = prunable.Where(t => t.Shape.Length == 2).ToList();
        return (matrices.Count > 0 ? matrices : prunable)
            .Select(t => t.Name)
            .OrderBy(n => Customary.Contains(Path(n)[^1]) ? Path(n).Length : int.MaxValue)
            .ThenByDescending(n => Number().Replace(n, m => m.Value.PadLeft(20, '0')), StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>The modules a weight lies in, outermost first.</summary>
    private static string[] Path(string name) => name.Split('.') is { Length: > 1 } parts ? parts[..^1] : [name];

    [GeneratedRegex("[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
