using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Which steps a run consists of. It is asked once, when a recipe is submitted; what it builds is stored, and workers only resolve references.</summary>
public interface IWorkflow : IMethod
{
    /// <summary>Fields of a recipe that have to be given, for example <c>pretraining</c> or <c>soup.networks</c>.</summary>
    IReadOnlyList<string> Needs { get; }

    /// <summary>Fields that would change nothing, and are refused for that.</summary>
    IReadOnlyList<string> Unused { get; }

    /// <summary>Fields that have one value in this workflow, where their section is given.</summary>
    IReadOnlyDictionary<string, int> Fixed { get; }

    /// <summary>Whether the pretraining, without a mask, comes before the first cut.</summary>
    bool TrainsFirst { get; }

    /// <summary>Adds the steps of a recipe in dependency order and says whose checkpoint the run is for.</summary>
    /// <param name="graph">Takes steps of any kind.</param>
    /// <param name="recipe">A recipe that its rules accept.</param>
    /// <exception cref="DomainException">The recipe asks for something no graph can be built from.</exception>
    void Build(GraphBuilder graph, Recipe recipe);
}
