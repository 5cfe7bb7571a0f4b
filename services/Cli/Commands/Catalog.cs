using SparsePipeline.Contracts;
using SparsePipeline.Learning;
using SparsePipeline.Planning;
using SparsePipeline.Sparsification;

namespace SparsePipeline.Cli.Commands;

/// <summary>All methods that recipes may name.</summary>
internal static class Catalog
{
    public static MethodCatalog Create() => new([.. SparsificationMethods.All, .. LearningMethods.All, .. PlanningMethods.All]);
}
