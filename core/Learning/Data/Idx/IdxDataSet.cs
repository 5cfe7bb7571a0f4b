using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Idx;

/// <summary>The MNIST family: four IDX files, gzipped or not, in the folder <see cref="DataSpec.Path"/>.</summary>
internal sealed class IdxDataSet : IDataSet
{
    public const string Name = "idx";

    private const string Remedy = "Put the four IDX files of an MNIST-like set there; on Debian, 'apt-get install dataset-fashion-mnist' puts Fashion-MNIST into "
        + "/usr/share/datasets/fashion-mnist.";

    private static readonly string[] FileNames =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Data,
        Name = Name,
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
        var classes = training.Labels.Max() + 1;
        if (test.Labels.Max() is var last && last >= classes)
            throw IdxFile.Corrupt(paths[3], $"has label {last}, but the labels of the training images end at {classes - 1}");
        return new RawData(classes, training, test);
    }

    private static IReadOnlyList<string> Paths(DataSpec spec) => DataPath.PackedFiles(spec, FileNames, Remedy);
}
