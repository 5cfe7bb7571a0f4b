using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data;

/// <summary>One source of labelled images.</summary>
internal interface IDataSet : IMethod
{
    /// <summary>Opens every file the data set consists of, in a fixed order, for its digest.</summary>
    /// <exception cref="DomainException">A file is missing.</exception>
    IEnumerable<Stream> OpenFiles(DataSpec spec);

    /// <summary>Reads everything; the split is the caller's.</summary>
    /// <exception cref="DomainException">A file is missing or corrupt.</exception>
    RawData Read(DataSpec spec);
}
