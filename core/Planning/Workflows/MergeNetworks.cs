using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// One soup of networks that are given. Each is measured by itself; with a mask policy the zeros of each are its mask. Soups that measure from an anchor
/// are given its file.
/// </summary>
internal sealed class MergeNetworks : IWorkflow
{
    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Workflow,
        Name = "merge",
        Title = "A soup of given networks",
        UseWhen = "Use it to average or merge networks that exist already, and to see whether that pays.",
        Paper = "Wortsman et al.: Model Soups: Averaging Weights of Multiple Fine-tuned Models Improves Accuracy without Increasing Inference Time, ICML 2022, arXiv 2203.05482",
    };

    public IReadOnlyList<string> Needs { get; } = ["soup", "soup.networks"];

    public IReadOnlyList<string> Unused { get; } =
        ["autoencoder", "data.arrivals", "pretraining", "sparsification", "retraining", "soup.anchor", "soup.quorum", "soup.deadlineMinutes", "soup.amendLate", "evaluation.baselines"];

    public IReadOnlyDictionary<string, int> Fixed { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public bool TrainsFirst => false;

    public void Build(GraphBuilder graph, Recipe recipe)
    {
        var steps = new RecipeSteps(graph, recipe);
        var networks = recipe.Soup.Checkpoints is { Count: > 0 } given ? given
            : throw new DomainException(FailureCodes.InvalidOption, "There are no networks to average.", "Give their files in soup.networks.");
        var members = networks.Select((network, i) => SoupCandidate.Of(
            network, steps.Evaluation(NodeNames.Given(i), network).Metric(MetricNames.OnValidation(recipe.Measure?.Name)), recipe.Measure, Mask(graph, recipe, network, i))).ToList();
        if (recipe.Soup.AnchorCheckpoint is { } anchor) steps.Evaluation(NodeNames.GivenAnchor, anchor);
        var soup = graph.Add(NodeNames.MergedSoup, new SoupSpecs(recipe).OfGiven(members), essential: true);
        graph.Network = soup.Name;
        steps.Evaluation(soup, isLast: true);
    }

    private static ArtifactRef? Mask(GraphBuilder graph, Recipe recipe, ArtifactRef network, int index) => recipe.Soup.MaskPolicy is null ? null
        : graph.Add(NodeNames.GivenMask(index), PruneSpecs.Zeros(recipe, network), essential: true).Output(OutputNames.Mask);
}
