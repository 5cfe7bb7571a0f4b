using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Cifar;

/// <summary>50,000 + 10,000 colour images of 3×32×32 in files of the binary version.</summary>
/// <param name="files">The files of training examples, and the one of test examples as the last.</param>
internal abstract class CifarDataSet(IReadOnlyList<string> files) : IDataSet
{
    protected const string Paper = "Krizhevsky: Learning Multiple Layers of Features from Tiny Images, 2009";

    public abstract MethodInfo Info { get; }

    public IEnumerable<Stream> OpenFiles(DataSpec spec) => Paths(spec).Select(File.OpenRead);

    public RawData Read(DataSpec spec)
    {
        var records = Records(spec);
        var paths = Paths(spec);
        return new RawData(records.Classes.Count, CifarFile.Read([.. paths.SkipLast(1)], records), CifarFile.Read([paths[^1]], records))
        {
            Labels = records.Classes,
        };
    }

    /// <exception cref="DomainException">An option is wrong.</exception>
    protected abstract CifarRecords Records(DataSpec spec);

    private IReadOnlyList<string> Paths(DataSpec spec) => DataPath.Files(spec, files, CifarFile.Remedy);
}
