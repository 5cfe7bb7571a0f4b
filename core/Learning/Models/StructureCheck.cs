using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>Holds a checkpoint against the network it is to fill, before libtorch, which may abort the process, sees it.</summary>
internal static class StructureCheck
{
    private const string Counter = "num_batches_tracked";

    /// <summary>Compares names, shapes and types.</summary>
    /// <param name="network">Its tensors, each once.</param>
    /// <param name="state">The checkpoint.</param>
    /// <param name="others">Other names of those, and the names they have in <paramref name="network"/>; null for none.</param>
    /// <returns>The network's names and the checkpoint's; counters that the checkpoint lacks are left out.</returns>
    /// <exception cref="DomainException"><see cref="FailureCodes.ShapeMismatch"/> with every kind of difference, and how many tensors have it.</exception>
    public static IReadOnlyDictionary<string, string> Run(
        IReadOnlyDictionary<string, torch.Tensor> network, StateDict state, IReadOnlyDictionary<string, string>? others = null)
    {
        others ??= new Dictionary<string, string>();
        var found = network.Keys.ToDictionary(n => n, n => NamesOf(n, others).Where(u => state.Find(u) is not null).ToList(), StringComparer.Ordinal);
        var names = network.Keys.Order(StringComparer.Ordinal).ToList();
        var missing = names.Where(n => found[n].Count == 0 && !n.EndsWith(Counter, StringComparison.Ordinal)).ToList();
        var foreign = state.Tensors.Where(t => !network.ContainsKey(t.Name) && !others.ContainsKey(t.Name)).Select(t => t.Name).ToList();
        List<string> different =
        [
            .. names.SelectMany(n => found[n].Select(f => Difference(f, network[n], state.Find(f)!))).OfType<string>(),
            .. found.Values.SelectMany(n => n.Skip(1).Where(o => !AreEqual(state, n[0], o)).Select(o => $"'{n[0]}' and '{o}' are one tensor in the model and differ")),
        ];
        string?[] problems =
        [
            missing.Count == 0 ? null : $"it lacks {Count(missing)} of the model: {NameList.Text([.. missing.Select(n => $"'{n}' {Shape(network[n].shape)}")])}",
            foreign.Count == 0 ? null : $"it has {Count(foreign)} that {(foreign.Count == 1 ? "is" : "are")} not part of the model: {NameList.Quoted(foreign)}",
            different.Count == 0 ? null : NameList.Text(different, "; "),
        ];
        return Array.TrueForAll(problems, p => p is null) ? found.Where(n => n.Value.Count > 0).ToDictionary(n => n.Key, n => n.Value[0]) : throw new DomainException(
            FailureCodes.ShapeMismatch,
            $"The checkpoint{Name(state)} does not fit the model: {string.Join("; ", problems.OfType<string>())}.",
            "Name the model and options it was trained with, and the same data set.");
    }

    private static IEnumerable<string> NamesOf(string name, IReadOnlyDictionary<string, string> others) =>
        others.Where(o => o.Value == name).Select(o => o.Key).Prepend(name);

    private static bool AreEqual(StateDict state, string one, string other)
    {
        var (a, b) = (state.Find(one)!, state.Find(other)!);
        return a.Type == b.Type && a.ByteLength == b.ByteLength && state.Bytes(one, 0, (int)a.ByteLength).SequenceEqual(state.Bytes(other, 0, (int)b.ByteLength));
    }

    // Files in the store are called by their content, which tells nobody anything.
    private static string Name(StateDict state) => Path.GetExtension(state.Path).Length > 1 ? $" {Path.GetFileName(state.Path)}" : "";

    private static string Count(List<string> tensors) => tensors.Count == 1 ? "one tensor" : $"{tensors.Count} tensors";

    private static string Shape(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    private static string? Difference(string name, torch.Tensor expected, TensorInfo found)
    {
        if (!found.Shape.AsSpan().SequenceEqual(expected.shape))
            return $"'{name}' should be {Shape(expected.shape)} and is {Shape(found.Shape)}";
        var integer = expected.dtype == torch.ScalarType.Int64;
        return integer ? found.Type == TensorType.I64 ? null : $"'{name}' should be I64 and is {found.TypeName}"
            : found.IsFloat ? null : $"'{name}' should be F32, F16, BF16 or F64 and is {found.TypeName}";
    }
}
