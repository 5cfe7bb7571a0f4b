using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Planning;

/// <summary>
/// Writes into a recipe of which versions the methods are that it names by bare names, so that the run and the steps that use one are others when it was
/// mended. Whoever plans the run later need not have that version.
/// </summary>
internal static class ResolvedVersions
{
    /// <summary>The recipe with the versions that the catalog has.</summary>
    public static Recipe Into(Recipe recipe, MethodCatalog catalog)
    {
        List<NamedMethod> named =
        [
            recipe.Model.Named(), .. recipe.Data.Named(),
            new(MethodAxes.SparsitySchedule, recipe.Sparsification.Schedule), new(MethodAxes.Structure, recipe.Sparsification.Structure),
            recipe.Sparsification.Allocation is { } allocation ? new(MethodAxes.Allocation, allocation) : Pruners.OwnAllocation(recipe.Sparsification.Method),
            new(MethodAxes.Retraining, recipe.Retraining.Schedule),
            .. (recipe.Evaluation.Corruptions ?? []).Select(name => new NamedMethod(MethodAxes.Corruption, name)),
            .. (recipe.Evaluation.Metrics ?? []).Select(name => new NamedMethod(MethodAxes.Metric, name)),
            // Baselines are averaged under policies of their own.
            .. catalog.Names(MethodAxes.MaskPolicy).Select(name => new NamedMethod(MethodAxes.MaskPolicy, name)),
        ];
        return recipe with { Versions = MethodVersions.Of(named.Distinct().Select(m => catalog.Find(m.Axis, m.Name!)).OfType<MethodInfo>()) };
    }
}
