using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Learning.Tasks;

/// <summary>What networks are trained to do: what they are to say of an example, how far off they are, and by what they are compared.</summary>
/// <remarks>
/// Its <see cref="MethodInfo.Measures"/> say what it measures, the first of which decides; <see cref="MethodInfo.DataKind"/> and
/// <see cref="MethodInfo.Targets"/> say from what it can be learnt.
/// </remarks>
internal interface ITask : IMethod
{
    /// <summary>The task on one data set.</summary>
    /// <param name="data">Its splits, of a kind and with targets that fit.</param>
    /// <param name="options">The task's own.</param>
    /// <exception cref="DomainException">The task cannot be learnt from the data.</exception>
    LearningTask Begin(DataSplits data, OptionValues options);

    /// <summary>The data as the task sees it, such as with a second view of every example.</summary>
    DataSplits Prepare(DataSplits data, OptionValues options) => data;
}
