using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Planning;

/// <summary>What soups ask of the rest of a recipe.</summary>
internal static class SoupRules
{
    private const string Weights = "soup.method.options.weights";
    private const string Networks = "soup.networks";
    private const string Quorum = "soup.quorum";
    private const string Anchor = "soup.anchor";
    private const string AnchorNetwork = "soup.anchorNetwork";

    public static void Apply(RecipeDraft draft)
    {
        if (draft.TryValue<string[]?>(Networks, null, out var networks) && networks is { Length: < 2 })
            draft.Refuse(Networks, $"There are {networks.Length} networks to average.", "Give at least 2.");
        if (Method(draft) is { } soup)
        {
            CheckAnchor(draft, soup);
            CheckMost(draft, soup, networks?.Length);
            CheckGradients(draft, soup);
        }

        CheckWeights(draft, networks?.Length);
    }

    /// <summary>Null when the recipe names one that there is not, which was reported.</summary>
    private static ISoup? Method(RecipeDraft draft) => draft.IsGiven("soup.method")
        ? draft.MethodName("soup.method") is { } name ? Soups.Registry.Find(name) : null
        : Soups.Registry.Find(new SoupRecipe().Method);

    // Networks that are given come with a file of their anchor, others get one from the run.
    private static void CheckAnchor(RecipeDraft draft, ISoup soup)
    {
        var given = WorkflowRules.Workflow(draft)?.Needs.Contains(Networks) == true;
        var field = given ? AnchorNetwork : Anchor;
        var anchor = draft.IsGiven(field);
        if (SoupNeeds.Problem(soup.Info, anchor) is { } problem)
            draft.Refuse(
                anchor ? field : "soup.method", $"{problem}.",
                anchor ? "Remove the line, or use a soup that needs one." : given ? $"Add {field}: the file of the network they started from." : $"Add {field}: {AnchorNames.Retrained}.");
        else if (anchor && draft.IsGiven("soup.maskPolicy"))
            draft.Refuse(field, "Candidates with masks of their own share none with an anchor.", "Remove soup.maskPolicy.");
    }

    // Gradients are collected of candidates of one mask, all of which the soup then waits for.
    private static void CheckGradients(RecipeDraft draft, ISoup soup)
    {
        if (!soup.Info.Needs.HasFlag(MethodNeeds.Gradients)) return;
        foreach (var (field, why) in new[]
        {
            (Networks, "collected of networks that a run has trained"), (Quorum, "collected of all candidates"), ("soup.maskPolicy", "collected of candidates that share a mask"),
        })
            if (draft.IsGiven(field))
                draft.Refuse(field, $"The soup '{soup.Info.Name}' goes by gradients, which are {why}.", "Remove it, or use another soup.");
    }

    private static void CheckMost(RecipeDraft draft, ISoup soup, int? networks)
    {
        if (draft.TryValue("retraining.candidates", new RetrainingRecipe { Epochs = 1 }.Candidates, out var candidates) && (networks ?? candidates) > soup.Most)
            draft.Refuse(
                draft.IsGiven("retraining.candidates") ? "retraining.candidates" : "soup.method",
                $"The soup '{soup.Info.Name}' merges at most {soup.Most} networks, and there are {networks ?? candidates} candidates.",
                $"Set retraining.candidates to {soup.Most}, or use another soup.");
    }

    private static void CheckWeights(RecipeDraft draft, int? networks)
    {
        if (!draft.IsGiven(Weights) || !draft.TryValue("retraining.candidates", new RetrainingRecipe { Epochs = 1 }.Candidates, out var candidates)) return;
        candidates = networks ?? candidates;
        if (draft.TryValue<double[]>(Weights, [], out var weights) && SoupWeights.Problem(weights, candidates) is { } problem)
            draft.Refuse(Weights, $"The weights are [{string.Join(", ", weights)}]: {problem}.", SoupWeights.Remedy);
        if (draft.TryValue<int?>(Quorum, null, out var quorum) && quorum < candidates)
            draft.Refuse(
                Quorum,
                $"The weights are those of {candidates} candidates, and a soup of {quorum} would have other shares.",
                $"Remove it, so that the soup needs all candidates, or use the soup '{MethodDefaults.Soup}'.");
    }
}
