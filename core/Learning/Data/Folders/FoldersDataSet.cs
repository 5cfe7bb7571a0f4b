using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Folders;

/// <summary>Pictures in a folder for every class.</summary>
internal sealed class FoldersDataSet : IDataSet
{
    public const string Name = "folders";

    private const string Side = "side";
    private const string Grey = "grey";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Data,
        Name = Name,
        Title = "Folders of pictures",
        UseWhen = "Use it for your own pictures: data.path names a folder with train/CLASS/PICTURE and test/CLASS/PICTURE, optionally val and "
            + "shift-NAME, or with CLASS/PICTURE alone, of which a fifth becomes the test split.",
        Options =
        [
            OptionInfo.Integer(Side, "Height and width that pictures are stretched to, in pixels.", 32, 4, 256),
            OptionInfo.Boolean(Grey, "One channel of brightness instead of red, green and blue.", false),
        ],
    };

    /// <summary>The pictures, and before them their paths: who moves a picture to another class has other data.</summary>
    public IEnumerable<Stream> OpenFiles(DataSpec spec)
    {
        var folder = DataPath.Folder(spec, FolderLayout.Remedy);
        var paths = FolderLayout.Of(folder).Splits.Values.SelectMany(s => s).Select(p => p.Path).Order(StringComparer.Ordinal).ToList();
        return DataPath.OpenAll(paths.Select(p => Path.GetRelativePath(folder, p)), paths);
    }

    public RawData Read(DataSpec spec)
    {
        var options = new OptionValues(Info, spec.Options);
        var side = options.Integer(Side);
        var shape = new InputShape(options.Boolean(Grey) ? 1 : 3, side, side);
        var layout = FolderLayout.Of(DataPath.Folder(spec, FolderLayout.Remedy));
        var splits = layout.Splits.ToDictionary(s => s.Key, s => Read(s.Key, s.Value, shape));
        return FolderLayout.Names.Arrange(layout.Classes.Count, splits) with { Labels = layout.Classes };
    }

    private static Examples Read(string split, IReadOnlyList<(string Path, byte Label)> pictures, InputShape shape)
    {
        if ((long)pictures.Count * shape.Size > Array.MaxLength)
            throw new DomainException(
                FailureCodes.TooLarge, $"The {pictures.Count} pictures of '{split}' at {shape} are more than {Array.MaxLength} bytes.", $"Lower data.options.{Side}.");
        var pixels = new byte[pictures.Count * shape.Size];
        for (var i = 0; i < pictures.Count; i++)
            ImageFile.Read(pictures[i].Path, shape).CopyTo(pixels.AsSpan(i * shape.Size));
        return new Examples(shape, pixels, [.. pictures.Select(p => p.Label)]);
    }
}
