using System.Buffers.Binary;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Tensors that have no mean here: integers, truth values, 8-bit floats and types nobody knows.</summary>
/// <remarks>
/// A counter of batches belongs to the statistics it has counted for, so it follows the largest weight. Any other difference (position indices,
/// tables, codes) means that the candidates are no variants of one network, and taking one of them would be a guess.
/// </remarks>
internal static class CarriedTensors
{
    private const string Counter = "num_batches_tracked";
    private const int Named = 3;
    private const int Piece = 1 << 20;

    /// <exception cref="DomainException"><see cref="FailureCodes.ShapeMismatch"/>: one that must be equal differs; tensors and files are named.</exception>
    public static void Check(IReadOnlyList<StateDict> states)
    {
        var problems = states[0].Tensors.Where(t => !t.IsFloat && !IsCounter(t))
            .Select(t => (Tensor: t, Other: states.Skip(1).FirstOrDefault(s => !Equal(t, states[0], s))))
            .Where(p => p.Other is not null)
            .Select(p => Clause(p.Tensor, StructureDifference.Names(states[0].Path, p.Other!.Path)))
            .ToList();
        if (problems.Count == 0)
            return;
        var rest = problems.Count > Named ? $"; and {problems.Count - Named} more tensors" : "";
        throw new DomainException(
            FailureCodes.ShapeMismatch,
            $"Tensors that are not averaged differ between candidates: {string.Join("; ", problems.Take(Named))}{rest}.",
            "Average checkpoints of one network, or make these tensors equal first: only F32, F16, BF16 and F64 have a mean.");
    }

    /// <summary>The member whose tensor the average gets: any where they must be equal, for a counter that of the largest weight.</summary>
    public static StateDict Source(TensorInfo tensor, IReadOnlyList<SoupMember> members) => IsCounter(tensor)
        ? members.MaxBy(m => (m.Factor, Value(m.State, tensor)))!.State
        : members[0].State;

    private static string Clause(TensorInfo tensor, (string First, string Other) files) => $"'{tensor.Name}' ({tensor.TypeName}) in {files.First} and {files.Other}";

    private static bool IsCounter(TensorInfo tensor) =>
        tensor is { Type: TensorType.I64, Count: 1 } && tensor.Name[(tensor.Name.LastIndexOf('.') + 1)..] == Counter;

    private static long Value(StateDict state, TensorInfo counter) => BinaryPrimitives.ReadInt64LittleEndian(state.Bytes(counter.Name, 0, sizeof(long)));

    private static bool Equal(TensorInfo tensor, StateDict a, StateDict b)
    {
        if (b.Find(tensor.Name) != tensor)
            return false;
        for (var offset = 0L; offset < tensor.ByteLength; offset += Piece)
        {
            var length = (int)Math.Min(Piece, tensor.ByteLength - offset);
            if (!a.Bytes(tensor.Name, offset, length).SequenceEqual(b.Bytes(tensor.Name, offset, length)))
                return false;
        }

        return true;
    }
}
