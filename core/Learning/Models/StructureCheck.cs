using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>Holds a checkpoint against the network it is to fill, before libtorch, which may abort the process, sees it.</summary>
internal static class StructureCheck
{
    private const string Counter = "num_batches_tracked";

    /// <exception cref="DomainException"><see cref="FailureCodes.ShapeMismatch"/> with every tensor that differs.</exception>
    public static void Run(IReadOnlyDictionary<string, torch.Tensor> network, StateDict state)
    {
        var problems = network.OrderBy(t => t.Key, StringComparer.Ordinal)
            .Select(t => Problem(t.Key, t.Value, state.Find(t.Key)))
            .OfType<string>()
            .Concat(state.Tensors.Where(t => !network.ContainsKey(t.Name)).Select(t => $"'{t.Name}' is not part of the model"))
            .ToList();
        if (problems.Count > 0)
            throw new DomainException(
                FailureCodes.ShapeMismatch,
                $"The checkpoint does not fit the model: {string.Join("; ", problems)}.",
                "Name the model and options it was trained with, and the same data set.");
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
