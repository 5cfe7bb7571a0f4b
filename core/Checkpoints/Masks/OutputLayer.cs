using System.Text.RegularExpressions;

namespace SparsePipeline.Checkpoints;

/// <summary>Finds the last layer of a network in its bare state dict.</summary>
/// <remarks>
/// A state dict does not say in which order its layers are used, so the rule is by form and custom: of the prunable matrices (of all
/// prunable tensors when there is none) those whose number of outputs no other layer takes in; of these the one nearest to the root that is
/// named like an output (<c>fc</c>, <c>lm_head</c>…), else the last, numbers in names compared as numbers. Queries, keys and values from
/// one product, and gates of recurrent layers, are split before they are taken in, so these are last layers only where there is nothing
/// else. What was found is said in the report of a cut that depends on it.
/// </remarks>
public static partial class OutputLayer
{
    private static readonly HashSet<string> Customary = new(["fc", "head", "lm_head", "classifier", "output", "logits"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of its weights; null when nothing is prunable.</summary>
    public static string? Of(IEnumerable<TensorInfo> tensors) => Of([.. tensors], TensorSelection.Default);

    /// <summary>The name of its weights, as the selection says or found among all that the rule takes; null when there is none, or is to be none.</summary>
    public static string? Of(IReadOnlyCollection<TensorInfo> tensors, TensorSelection selection) => selection.OutputLayer switch
    {
        null => Found(PrunableTensors.Select(tensors, selection with { Exclude = [], Include = [] })),
        TensorSelection.NoOutputLayer => null,
        var name => Named(name, tensors)?.Name,
    };

    /// <summary>The weights of a layer that somebody names by tensor or module.</summary>
    internal static TensorInfo? Named(string name, IEnumerable<TensorInfo> tensors) =>
        tensors.FirstOrDefault(t => PrunableTensors.IsMatrix(t) && (t.Name == name || t.Name == $"{name}.weight"));

    private static string? Found(IReadOnlyList<TensorInfo> prunable)
    {
        List<TensorInfo> matrices = [.. prunable.Where(t => t.Shape.Length == 2)];
        List<TensorInfo> layers = [.. matrices.Where(t => !IsSplit(t))];
        List<TensorInfo> last = [.. layers.Where(t => !prunable.Any(o => o != t && o.Shape[1] == t.Shape[0]))];
        return new[] { last, layers, matrices, prunable }.First(c => c.Count > 0 || ReferenceEquals(c, prunable))
            .Select(t => t.Name)
            .OrderBy(n => Customary.Contains(Path(n)[^1]) ? Path(n).Length : int.MaxValue)
            .ThenByDescending(n => Number().Replace(n, m => m.Value.PadLeft(20, '0')), StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static bool IsSplit(TensorInfo tensor) =>
        Recurrent().IsMatch(tensor.Name) || Attention().IsMatch(tensor.Name) && tensor.Shape[0] == 3 * tensor.Shape[1];

    /// <summary>The modules a weight lies in, outermost first.</summary>
    private static string[] Path(string name) => name.Split('.') is { Length: > 1 } parts ? parts[..^1] : [name];

    [GeneratedRegex("[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex("attn|attention|qkv|in_proj", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Attention();

    [GeneratedRegex(@"weight_(ih|hh|hr)(_l[0-9]+(_reverse)?)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Recurrent();
}
