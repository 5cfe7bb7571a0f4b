using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The optimiser of a recipe's trainings, as their specs name it: writing the default out changes no key.</summary>
internal static class ChosenOptimizer
{
    private const string Standard = MethodDefaults.Optimizer;

    /// <summary>Null for SGD.</summary>
    public static MethodSpec? Of(Recipe recipe) => recipe.Pretraining.Optimizer is { Name: not Standard } other ? other : null;
}
