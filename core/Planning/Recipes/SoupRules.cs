using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Planning;

/// <summary>What soups ask of the rest of a recipe.</summary>
internal static class SoupRules
{
    private const string Weights = "soup.method.options.weights";
    private const string Networks = "soup.networks";
    private const string Quorum = "soup.quorum";

    public static void Apply(RecipeDraft draft)
    {
        if (draft.TryValue<string[]?>(Networks, null, out var networks) && networks is { Length: < 2 })
            draft.Refuse(Networks, $"There are {networks.Length} networks to average.", "Give at least 2.");
        if (!draft.IsGiven(Weights) || !draft.TryValue("retraining.candidates", new RetrainingRecipe { Epochs = 1 }.Candidates, out var candidates)) return;
        candidates = networks?.Length ?? candidates;
        if (draft.TryValue<double[]>(Weights, [], out var weights) && SoupWeights.Problem(weights, candidates) is { } problem)
            draft.Refuse(Weights, $"The weights are [{string.Join(", ", weights)}]: {problem}.", SoupWeights.Remedy);
        if (draft.TryValue<int?>(Quorum, null, out var quorum) && quorum < candidates)
            draft.Refuse(
                Quorum,
                $"The weights are those of {candidates} candidates, and a soup of {quorum} would have other shares.",
                $"Remove it, so that the soup needs all candidates, or use the soup '{MethodDefaults.Soup}'.");
    }
}
