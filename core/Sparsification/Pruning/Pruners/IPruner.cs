using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>A pruner: a score and the spread over layers it is usually combined with.</summary>
/// <remarks>
/// Adding one: a class like <c>GlobalMagnitudePruner</c>, a line in <see cref="Pruners"/>, and
/// a test with four to six numbers worked out by hand. The conformance tests, help and documentation follow from the registry.
/// </remarks>
public interface IPruner : IMethod
{
    /// <summary>What makes a weight worth keeping.</summary>
    IScore Score { get; }

    /// <summary>Name of the allocation used when a request names none.</summary>
    string Allocation { get; }

    /// <summary>The number of weights to keep.</summary>
    /// <param name="requested">Weights the requested sparsity keeps.</param>
    /// <param name="remaining">Weights that are still there.</param>
    long Keep(long requested, long remaining) => requested;

    /// <summary>Whether weights compete only with those of their row, where a structure leaves every weight to itself.</summary>
    /// <param name="options">The pruner's options.</param>
    bool ByRow(OptionValues options) => false;
}
