using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Cifar;

/// <summary>CIFAR-10: 50,000 + 10,000 colour images of 3×32×32, 10 classes, in six files of the binary version.</summary>
internal sealed class Cifar10DataSet : IDataSet
{
    private const int Classes = 10;

    private static readonly string[] FileNames =
        ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"];

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Data,
        Name = DataNames.Cifar10,
        Title = "CIFAR-10",
        UseWhen = "Use it to compare with the pruning literature; data.path names the folder cifar-10-batches-bin of the binary version.",
        Paper = "Krizhevsky: Learning Multiple Layers of Features from Tiny Images, 2009",
    };

    public IEnumerable<Stream> OpenFiles(DataSpec spec) => Paths(spec).Select(File.OpenRead);

    public RawData Read(DataSpec spec)
    {
        var paths = Paths(spec);
        return new RawData(
            Classes,
            Training: CifarFile.Read([.. paths.SkipLast(1)], labels: 1, used: 0, Classes),
            Test: CifarFile.Read([paths[^1]], labels: 1, used: 0, Classes),
            Shifts: new SortedDictionary<string, Examples>(StringComparer.Ordinal));
    }

    private static IReadOnlyList<string> Paths(DataSpec spec) => DataPath.Files(spec, FileNames, CifarFile.Remedy);
}
