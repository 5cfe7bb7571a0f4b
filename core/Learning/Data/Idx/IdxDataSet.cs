using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Idx;

/// <summary>The MNIST family: four IDX files, gzipped or not, in the folder <see cref="DataSpec.Path"/>.</summary>
internal sealed class IdxDataSet : IDataSet
{
    private static readonly string[] FileNames =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Data,
        Name = DataNames.Idx,
        Title = "IDX files (MNIST family)",
        UseWhen = "Use it for MNIST, Fashion-MNIST, KMNIST and your own grey images in that format; data.path names the folder.",
        Paper = "LeCun, Cortes, Burges: The MNIST database, http://yann.lecun.com/exdb/mnist/ (format description)",
    };

    public IEnumerable<Stream> OpenFiles(DataSpec spec) => Paths(spec).Select(File.OpenRead);

    public RawData Read(DataSpec spec)
    {
        var paths = Paths(spec);
        var training = IdxPair.Read(paths[0], paths[1]);
        var test = IdxPair.Read(paths[2], paths[3]);
        if (training.Shape != test.Shape)
            throw IdxFile.Corrupt(paths[2], $"holds images of {test.Shape}, but the training images are {training.Shape}");
        var classes = training.Labels.Concat(test.Labels).Max() + 1;
        return new RawData(classes, training, test, new SortedDictionary<string, Examples>(StringComparer.Ordinal));
    }

    private static string[] Paths(DataSpec spec)
    {
        if (string.IsNullOrWhiteSpace(spec.Path))
            throw Unavailable("data.path is not set, but data set 'idx' reads a folder.");
        var paths = FileNames.Select(name => Locate(spec.Path, name)).ToArray();
        var missing = FileNames.Where((_, i) => paths[i] is null).Select(name => name + "[.gz]").ToList();
        return missing.Count == 0
            ? [.. paths.OfType<string>()]
            : throw Unavailable($"data.path '{spec.Path}' has no {string.Join(", ", missing)}.");
    }

    private static string? Locate(string folder, string name) =>
        new[] { name, name + ".gz" }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static DomainException Unavailable(string reason) => new(
        FailureCodes.DataUnavailable,
        reason,
        "Put the four IDX files of an MNIST-like set there; on Debian, 'apt-get install dataset-fashion-mnist' puts Fashion-MNIST into "
        + "/usr/share/datasets/fashion-mnist.");
}
