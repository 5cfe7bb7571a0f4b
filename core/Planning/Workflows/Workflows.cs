using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The registered workflows. A new one is a class here and a line in this list.</summary>
public static class Workflows
{
    public static MethodRegistry<IWorkflow> Registry { get; } = new(MethodAxes.Workflow, new SparseModelSoups(), new PruneOnly(), new SparseTraining(), new MergeNetworks(), new SparseAutoencoder());

    /// <summary>The workflow of a recipe.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.UnknownMethod"/>, naming those there are.</exception>
    public static IWorkflow Of(Recipe recipe) => Registry.Find(recipe.Workflow ?? MethodSpec.Of(SparseModelSoups.Name));
}
