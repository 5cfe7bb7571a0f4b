using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Holds what somebody says about tensors against the tensors there are: a word that changes nothing is a mistake.</summary>
public static class SelectionCheck
{
    private const string Include = "include";
    private const string Exclude = "exclude";
    private const string Layers = "layers";
    private const string Output = "outputLayer";
    private const int Shown = 6;

    /// <summary>Everything that is wrong, field by field; empty when all is well.</summary>
    /// <param name="tensors">All tensors of the state dict, or of the model that is to make it.</param>
    /// <param name="selection">What was said.</param>
    public static IReadOnlyList<SelectionProblem> Problems(IReadOnlyCollection<TensorInfo> tensors, TensorSelection selection)
    {
        var pruned = PrunableTensors.Select(tensors, selection);
        return
        [
            .. selection.Include.SelectMany(p => OfInclude(p, tensors)),
            .. selection.Exclude.SelectMany(p => Unmatched(Exclude, p, tensors)),
            .. selection.Layers.SelectMany(l => OfLayer(l.Key, l.Value, tensors, pruned)),
            .. Contradictions(selection, pruned),
            .. OfOutput(selection.OutputLayer, tensors),
        ];
    }

    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/> with all problems at once.</exception>
    public static void Ensure(IReadOnlyCollection<TensorInfo> tensors, TensorSelection selection)
    {
        if (Problems(tensors, selection) is { Count: > 0 } problems)
            throw new DomainException(
                FailureCodes.InvalidOption,
                string.Join(" ", problems.Select(p => $"{p.Field} {p.Reason}")),
                string.Join(" ", problems.Select(p => p.Remedy).Distinct()));
    }

    private static IEnumerable<SelectionProblem> OfInclude(string pattern, IReadOnlyCollection<TensorInfo> tensors)
    {
        List<TensorInfo> matched = [.. tensors.Where(t => NamePattern.Matches(pattern, t.Name))];
        if (matched.Count == 0)
            return Unmatched(Include, pattern, tensors);
        return matched.Any(PrunableTensors.IsMatrix)
            ? []
            : [new(Include, pattern, $"'{pattern}' matches only {Listed(matched.Select(t => t.ToString()))}, which cannot be pruned.", "Include floating-point tensors of two dimensions or more.")];
    }

    private static IEnumerable<SelectionProblem> OfLayer(string pattern, double sparsity, IReadOnlyCollection<TensorInfo> tensors, IReadOnlyList<TensorInfo> pruned)
    {
        if (sparsity is not (>= 0 and < 1))
            yield return new(Layers, pattern, $"gives '{pattern}' the sparsity {sparsity.ToString(CultureInfo.InvariantCulture)}.", "Give a fraction in [0, 1), such as 0.5 for 50 %.");
        List<string> matched = [.. tensors.Select(t => t.Name).Where(n => NamePattern.Matches(pattern, n))];
        if (matched.Count == 0)
            yield return Unmatched(Layers, pattern, tensors).Single();
        else if (!pruned.Any(t => NamePattern.Matches(pattern, t.Name)))
            yield return new(Layers, pattern, $"'{pattern}' matches only {Listed(matched)}, of which nothing is pruned.", "Include what is meant by a pattern, or leave out the line.");
    }

    private static IEnumerable<SelectionProblem> Contradictions(TensorSelection selection, IReadOnlyList<TensorInfo> pruned) =>
        (from tensor in pruned
         let given = selection.Layers.Where(l => NamePattern.Matches(l.Key, tensor.Name)).ToList()
         where given.Select(l => l.Value).Distinct().Count() > 1
         let several = string.Join(", ", given.Select(l => $"'{l.Key}' {l.Value.ToString(CultureInfo.InvariantCulture)}"))
         select (several, new SelectionProblem(Layers, given[0].Key, $"give '{tensor.Name}' several sparsities: {several}.", "Let one pattern match each tensor.")))
        .DistinctBy(c => c.several).Select(c => c.Item2);

    private static IEnumerable<SelectionProblem> OfOutput(string? name, IReadOnlyCollection<TensorInfo> tensors)
    {
        if (name is null or TensorSelection.NoOutputLayer || OutputLayer.Named(name, tensors) is not null)
            return [];
        return [Unknown(Output, name, $"'{name}' is no layer with weights.", tensors.Where(PrunableTensors.IsMatrix))];
    }

    private static IEnumerable<SelectionProblem> Unmatched(string field, string pattern, IEnumerable<TensorInfo> tensors) =>
        tensors.Any(t => NamePattern.Matches(pattern, t.Name)) ? [] : [Unknown(field, pattern, $"'{pattern}' matches no tensor.", tensors)];

    private static SelectionProblem Unknown(string field, string given, string reason, IEnumerable<TensorInfo> tensors)
    {
        List<string> names = [.. tensors.Select(t => t.Name).Order(StringComparer.Ordinal)];
        return new(field, given, reason, NamePattern.Question([given], names) ?? $"There are {Listed(names)}.");
    }

    private static string Listed(IEnumerable<string> names)
    {
        List<string> all = [.. names];
        return string.Join(", ", all.Take(Shown).Select(n => $"'{n}'")) + (all.Count > Shown ? $" and {all.Count - Shown} more" : "");
    }
}
