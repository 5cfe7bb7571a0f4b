using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Which steps a run consists of. It is asked once, when a recipe is submitted; what it builds is stored, and workers only resolve references.</summary>
public interface IWorkflow : IMethod
{
    /// <summary>Adds the steps of a recipe in dependency order and says whose checkpoint the run is for.</summary>
    /// <param name="graph">Takes steps of any kind.</param>
    /// <param name="recipe">A recipe that its rules accept.</param>
    /// <exception cref="DomainException">The recipe asks for something no graph can be built from.</exception>
    void Build(GraphBuilder graph, Recipe recipe);
}
