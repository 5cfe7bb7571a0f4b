using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Tensors;

/// <summary>Rows of floats that nothing is said of, as tensors of one safetensors file: activations, embeddings, measurements; or pairs of them, two views of a thing.</summary>
internal sealed class VectorsDataSet : IDataSet
{
    public const string Name = "vectors";

    private const string Second = ".view2";

    private const string Remedy = "Write tensors train and test, optionally validation and shift-NAME, each of F32 as [count, columns], with the same columns and finite numbers; "
        + "for pairs also train.view2, test.view2 and so on, of the same shapes.";

    private const int Piece = 1 << 20;

    private static readonly SplitNames Names = new("validation");

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Data,
        Name = Name,
        Title = "Vectors of a safetensors file",
        UseWhen = "Use it for rows of floats without labels, such as activations of another network: data.path names a safetensors file with the tensors train and test, "
            + "optionally validation and shift-NAME, each of F32 as [count, columns], and train.view2 and so on for pairs; each column is standardised by the training rows.",
        DataKind = DataKinds.Numbers,
        Targets = TargetKinds.None,
    };

    public IEnumerable<Stream> OpenFiles(DataSpec spec) => [File.OpenRead(DataPath.SingleFile(spec, Remedy))];

    public RawData Read(DataSpec spec)
    {
        using var file = StateDict.Open(DataPath.SingleFile(spec, Remedy));
        var seconds = file.Tensors.Where(t => t.Name.EndsWith(Second, StringComparison.Ordinal)).ToDictionary(t => t.Name[..^Second.Length], StringComparer.Ordinal);
        var firsts = file.Tensors.Except(seconds.Values).ToList();
        if (firsts.FirstOrDefault(t => !Names.Has(t.Name)) is { } stray)
            throw Refused(file, $"has a tensor '{stray.Name}', which is no split");
        if (seconds.Keys.FirstOrDefault(s => firsts.TrueForAll(t => t.Name != s)) is { } alone)
            throw Refused(file, $"has a tensor '{alone}{Second}', but no '{alone}'");
        var splits = firsts.ToDictionary(t => t.Name, t => seconds.Count == 0 ? Rows(file, t) : Pairs(file, t, seconds.GetValueOrDefault(t.Name)), StringComparer.Ordinal);
        foreach (var name in new[] { SplitNames.Training, SplitNames.Test }.Where(n => !splits.ContainsKey(n)))
            throw Refused(file, $"has no tensor '{name}'");
        var columns = splits[SplitNames.Training].Shape;
        foreach (var (name, split) in splits.Where(s => s.Value.Shape != columns))
            throw Refused(file, $"has {split.Shape} in each row of '{name}', but {columns} in '{SplitNames.Training}'");
        return Names.Arrange(classes: 0, splits);
    }

    private static Examples Pairs(StateDict file, TensorInfo first, TensorInfo? second) => second switch
    {
        null => throw Refused(file, $"has pairs in other splits, but no '{first.Name}{Second}'"),
        _ when !first.Shape.SequenceEqual(second.Shape) => throw Refused(file, $"tensor '{second}' is not of the shape of '{first}'"),
        _ => Rows(file, first).WithSecond(Rows(file, second)),
    };

    private static Examples Rows(StateDict file, TensorInfo tensor)
    {
        if (tensor.Type != TensorType.F32 || tensor.Shape.Length != 2 || tensor.Shape.Any(d => d < 1) || tensor.Count > Array.MaxLength)
            throw Refused(file, $"tensor '{tensor}' is not F32 as [count, columns] of at most {Array.MaxLength} values");
        var numbers = new float[tensor.Count];
        for (var start = 0; start < numbers.Length; start += Piece)
            file.ReadFloats(tensor.Name, start, numbers.AsSpan(start, Math.Min(Piece, numbers.Length - start)));
        var bad = Array.FindIndex(numbers, n => !float.IsFinite(n));
        return bad < 0 ? Examples.Rows((int)tensor.Shape[1], numbers) : throw Refused(file, $"tensor '{tensor.Name}' has {numbers[bad]} at position {bad}");
    }

    private static DomainException Refused(StateDict file, string problem) => DataPath.Refused(file.Path, problem, Remedy);
}
