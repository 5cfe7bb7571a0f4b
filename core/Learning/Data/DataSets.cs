using System.Security.Cryptography;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data.Cifar;
using SparsePipeline.Learning.Data.Csv;
using SparsePipeline.Learning.Data.Digits;
using SparsePipeline.Learning.Data.Folders;
using SparsePipeline.Learning.Data.Glyphs;
using SparsePipeline.Learning.Data.Idx;
using SparsePipeline.Learning.Data.Tensors;
using SparsePipeline.Learning.Data.Text;
using SparsePipeline.Learning.Tasks;

namespace SparsePipeline.Learning.Data;

/// <summary>All data sets; a new one is added here.</summary>
public static class DataSets
{
    internal static MethodRegistry<IDataSet> Registry { get; } = new(
        MethodAxes.Data,
        [
            new ActivationsDataSet(),
            new Cifar10DataSet(),
            new Cifar100DataSet(),
            new CsvDataSet(),
            new DigitsDataSet(),
            new FoldersDataSet(),
            new GlyphsDataSet(),
            new IdxDataSet(),
            new TensorsDataSet(),
            new TextDataSet(),
            new VectorsDataSet(),
        ]);

    /// <summary>
    /// SHA-256 over the data set's files, 64 lower-case hexadecimal digits: what <see cref="DataSpec.Digest"/> is filled with.
    /// </summary>
    /// <exception cref="DomainException">The data set is unknown, an option is wrong or a file is missing.</exception>
    public static string Digest(DataSpec spec)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var stream in Find(spec).OpenFiles(spec))
            using (stream)
                hash.AppendData(SHA256.HashData(stream));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Reads and splits a data set: the same spec and files give the same examples in the same order.</summary>
    /// <param name="spec">The data set.</param>
    /// <param name="task">What networks are to do with it; null for <c>classification</c>.</param>
    /// <exception cref="DomainException">The data set is unknown, a file is missing, corrupt or has changed since submission, or the task cannot be learnt from it.</exception>
    public static DataSplits Load(DataSpec spec, MethodSpec? task)
    {
        var data = Load(spec);
        return task is null ? data : LearningTasks.Begin(task, data);
    }

    /// <inheritdoc cref="Load(DataSpec, MethodSpec?)"/>
    public static DataSplits Load(DataSpec spec)
    {
        var dataSet = Find(spec);
        if (spec.Digest is { } expected && Digest(spec) is var actual && actual != expected)
            throw new DomainException(
                FailureCodes.DataUnavailable,
                $"The files of data set '{spec.Name}' have digest {actual}, but the run was submitted with {expected}.",
                "Restore the files, or submit the run again to use the new ones.");
        return DataSplitter.Split(dataSet.Read(spec), spec);
    }

    private static IDataSet Find(DataSpec spec)
    {
        var dataSet = Registry.Find(spec.Name);
        _ = new OptionValues(dataSet.Info, spec.Options);
        return dataSet;
    }
}
