using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Says in what two candidates differ, all tensors at once.</summary>
internal static class StructureDifference
{
    private const int Named = 3;

    /// <exception cref="DomainException"><see cref="FailureCodes.ShapeMismatch"/> naming tensors and files.</exception>
    public static void Check(StateDict first, StateDict other, bool anyType)
    {
        if (first.StructureDigest == other.StructureDigest)
            return;
        var (a, b) = Names(first.Path, other.Path);
        var shapes = Absent(first, other, a).Concat(Absent(other, first, b)).Concat(Shapes(first, other, a, b)).ToList();
        if (shapes.Count > 0)
            throw new DomainException(FailureCodes.ShapeMismatch, $"The candidates are of different structures: {List(shapes)}.", "Average checkpoints of one architecture.");
        var types = Types(first, other, anyType, a, b).ToList();
        if (types.Count > 0)
            throw new DomainException(
                FailureCodes.ShapeMismatch,
                $"The candidates hold numbers of different types: {List(types)}.",
                "Choose the type of the average with --dtype, or export one candidate with the other's type first.");
    }

    /// <summary>File names where they tell the two apart, else whole paths.</summary>
    public static (string First, string Other) Names(string first, string other) =>
        Path.GetFileName(first) is var a && Path.GetFileName(other) is var b && a != b ? (a, b) : (first, other);

    private static IEnumerable<string> Absent(StateDict of, StateDict from, string name) =>
        from.Tensors.Where(t => of.Find(t.Name) is null).Select(t => $"{name} lacks '{t.Name}'");

    private static IEnumerable<string> Shapes(StateDict first, StateDict other, string a, string b) =>
        from tensor in first.Tensors
        let same = other.Find(tensor.Name)
        where same is not null && !same.Shape.AsSpan().SequenceEqual(tensor.Shape.AsSpan())
        select $"'{tensor.Name}' is {Shape(tensor)} in {a} and {Shape(same)} in {b}";

    private static IEnumerable<string> Types(StateDict first, StateDict other, bool anyType, string a, string b) =>
        from tensor in first.Tensors
        let same = other.Find(tensor.Name)!
        where same.TypeName != tensor.TypeName && !(anyType && same.IsFloat && tensor.IsFloat)
        select $"'{tensor.Name}' is {tensor.TypeName} in {a} and {same.TypeName} in {b}";

    private static string Shape(TensorInfo tensor) => $"[{string.Join(", ", tensor.Shape)}]";

    private static string List(List<string> differences) =>
        string.Join("; ", differences.Take(Named)) + (differences.Count > Named ? $"; and {differences.Count - Named} more tensors" : "");
}
