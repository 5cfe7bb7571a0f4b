using SparsePipeline.Contracts;
using SparsePipeline.Learning.Methods;

namespace SparsePipeline.Learning.Data.Cifar;

/// <summary>CIFAR-100: 50,000 + 10,000 colour images of 3×32×32, 100 classes in 20 groups, in two files of the binary version.</summary>
internal sealed class Cifar100DataSet : IDataSet
{
    private const string Coarse = "coarse";
    private const int CoarseClasses = 20;
    private const int FineClasses = 100;

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Data,
        Name = DataNames.Cifar100,
        Title = "CIFAR-100",
        UseWhen = "Use it to compare with the pruning literature on many classes; data.path names the folder cifar-100-binary of the binary version.",
        Paper = "Krizhevsky: Learning Multiple Layers of Features from Tiny Images, 2009",
        Options = [OptionInfo.Boolean(Coarse, "Learn the 20 groups instead of the 100 classes.", false)],
    };

    public IEnumerable<Stream> OpenFiles(DataSpec spec) => Paths(spec).Select(File.OpenRead);

    public RawData Read(DataSpec spec)
    {
        var coarse = new OptionValues(Info, spec.Options).Boolean(Coarse);
        var (used, classes) = coarse ? (0, CoarseClasses) : (1, FineClasses);
        var splits = Paths(spec).Select(path => CifarFile.Read([path], labels: 2, used, classes)).ToList();
        return new RawData(classes, splits[0], splits[1], new SortedDictionary<string, Examples>(StringComparer.Ordinal));
    }

    private static IReadOnlyList<string> Paths(DataSpec spec) => DataPath.Files(spec, ["train.bin", "test.bin"], CifarFile.Remedy);
}
