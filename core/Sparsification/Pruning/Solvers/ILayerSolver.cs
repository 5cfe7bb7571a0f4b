using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>A pruner that solves each layer as a problem of its own: which weights stay, and what they become.</summary>
/// <remarks>
/// Pure: a solution depends on nothing but the problem and the options. What a layer keeps is decided before, by an allocation; those that go
/// by weights go by magnitudes.
/// </remarks>
public interface ILayerSolver : IPruner
{
    IScore IPruner.Score => MagnitudeScore.Instance;

    string IPruner.Allocation => UniformAllocation.Name;

    /// <summary>Chooses exactly <see cref="LayerProblem.Kept"/> weights, or those of a pattern, and changes what is left for the better.</summary>
    /// <exception cref="DomainException">The problem has no solution, with the reason.</exception>
    LayerSolution Solve(LayerProblem problem, OptionValues options, CancellationToken cancellationToken);
}
