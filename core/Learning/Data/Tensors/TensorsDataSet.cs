using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Tensors;

/// <summary>Images and labels as tensors of one safetensors file.</summary>
internal sealed class TensorsDataSet : IDataSet
{
    public const string Name = "tensors";

    public const string Remedy = "Write train.images, train.labels, test.images and test.labels, optionally validation.… and shift-NAME.…: images of U8, or of F32 "
        + "in [0, 1], as [count, channels, height, width] or [count, height, width]; labels of U8, I32 or I64, 0 to 255.";

    private static readonly SplitNames Names = new("validation");

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Data,
        Name = Name,
        Title = "Tensors of a safetensors file",
        UseWhen = "Use it for images that a Python script has prepared; data.path names a safetensors file with train.images, train.labels, test.images and "
            + "test.labels, optionally validation.… and shift-NAME.…; images are U8, or F32 in [0, 1], of which 256 levels are kept.",
    };

    public IEnumerable<Stream> OpenFiles(DataSpec spec) => [File.OpenRead(DataPath.SingleFile(spec, Remedy))];

    public RawData Read(DataSpec spec)
    {
        using var file = StateDict.Open(DataPath.SingleFile(spec, Remedy));
        var names = file.Tensors.Select(t => SplitOf(file, t.Name)).Distinct().Union([SplitNames.Training, SplitNames.Test], StringComparer.Ordinal).ToList();
        var splits = names.ToDictionary(n => n, n => TensorSplit.Read(file, n), StringComparer.Ordinal);
        var training = splits[SplitNames.Training];
        foreach (var (name, split) in splits.Where(s => s.Value.Shape != training.Shape))
            throw Refused(file.Path, $"has images of {split.Shape} in '{name}', but of {training.Shape} in '{SplitNames.Training}'");
        var classes = training.Labels.Max() + 1;
        foreach (var (name, split) in splits.Where(s => s.Value.Labels.Max() >= classes))
            throw Refused(file.Path, $"has label {split.Labels.Max()} in '{name}', but the labels of '{SplitNames.Training}' end at {classes - 1}");
        return Names.Arrange(classes, splits);
    }

    private static string SplitOf(StateDict file, string tensor)
    {
        var name = tensor[..Math.Max(0, tensor.LastIndexOf('.'))];
        return Names.Has(name) && tensor[name.Length..] is (TensorSplit.Images or TensorSplit.Labels)
            ? name
            : throw Refused(file.Path, $"has a tensor '{tensor}', which is no images or labels of a split");
    }

    private static DomainException Refused(string path, string problem) => DataPath.Refused(path, problem, Remedy);
}
