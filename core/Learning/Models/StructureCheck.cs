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
    /// <exception cref="DomainException"><see cref="FailureCodes.ShapeMismatch"/> with every tensor that differs.</exception>
    public static IReadOnlyDictionary<string, string> Run(
        IReadOnlyDictionary<string, torch.Tensor> network, StateDict state, IReadOnlyDictionary<string, string>? others = null)
    {
        others ??= new Dictionary<string, string>();
        var names = network.Keys.Select(n => (Name: n, Found: NamesOf(n, others).Where(u => state.Find(u) is not null).ToList())).ToDictionary(n => n.Name, n => n.Found);
        var problems = network.OrderBy(t => t.Key, StringComparer.Ordinal)
            .SelectMany(t => names[t.Key].DefaultIfEmpty(t.Key).Select(n => Problem(n, t.Value, state.Find(n))))
            .OfType<string>()
            .Concat(names.Values.SelectMany(n => n.Skip(1).Where(o => !AreEqual(state, n[0], o)).Select(o => $"'{n[0]}' and '{o}' are one tensor in the model and differ")))
            .Concat(state.Tensors.Where(t => !network.ContainsKey(t.Name) && !others.ContainsKey(t.Name)).Select(t => $"'{t.Name}' is not part of the model"))
            .ToList();
        return problems.Count == 0 ? names.Where(n => n.Value.Count > 0).ToDictionary(n => n.Key, n => n.Value[0]) : throw new DomainException(
            FailureCodes.ShapeMismatch,
            $"The checkpoint does not fit the model: {string.Join("; ", problems)}.",
            "Name the model and options it was trained with, and the same data set.");
    }

    private static IEnumerable<string> NamesOf(string name, IReadOnlyDictionary<string, string> others) =>
        others.Where(o => o.Value == name).Select(o => o.Key).Prepend(name);

    private static bool AreEqual(StateDict state, string one, string other)
    {
        var (a, b) = (state.Find(one)!, state.Find(other)!);
        return a.Type == b.Type && a.ByteLength == b.ByteLength && state.Bytes(one, 0, (int)a.ByteLength).SequenceEqual(state.Bytes(other, 0, (int)b.ByteLength));
    }

    private static string? Problem(string name, torch.Tensor expected, TensorInfo? found)
    {
        if (found is null)
            return name.EndsWith(Counter, StringComparison.Ordinal) ? null : $"'{name}' [{string.Join(", ", expected.shape)}] is missing";
        if (!found.Shape.AsSpan().SequenceEqual(expected.shape))
            return $"'{name}' should be [{string.Join(", ", expected.shape)}] and is [{string.Join(", ", found.Shape)}]";
        var integer = expected.dtype == torch.ScalarType.Int64;
        return integer ? found.Type == TensorType.I64 ? null : $"'{name}' should be I64 and is {found.Type}"
            : found.IsFloat ? null : $"'{name}' should be floating point and is {found.Type}";
    }
}
