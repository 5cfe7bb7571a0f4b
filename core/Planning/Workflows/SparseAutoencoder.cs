using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>A network that is trained or given, what comes into one of its layers, and an autoencoder that is trained on that and measured on what it has not seen.</summary>
internal sealed class SparseAutoencoder : IWorkflow
{
    private const string Section = "autoencoder";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Workflow,
        Name = "sparse-autoencoder",
        Title = "A sparse autoencoder of activations",
        UseWhen = "Use it to see by which few directions a layer of a network can be told.",
        Paper = "Makhzani, Frey: k-Sparse Autoencoders, ICLR 2014, arXiv 1312.5663",
    };

    public IReadOnlyList<string> Needs { get; } = ["pretraining", Section];

    public IReadOnlyList<string> Unused { get; } = ["data.arrivals", "sparsification", "retraining", "soup", "evaluation"];

    public IReadOnlyDictionary<string, int> Fixed { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public bool TrainsFirst => true;

    public void Build(GraphBuilder graph, Recipe recipe)
    {
        var asked = recipe.Autoencoder ?? throw new DomainException(FailureCodes.InvalidOption, "There is no autoencoder to train.", $"Give the section '{Section}'.");
        var network = new RecipeSteps(graph, recipe).Dense();
        var activations = graph.Add(NodeNames.Activations, AutoencoderSpecs.Activations(recipe, asked, network.Checkpoint), essential: true);
        var autoencoder = graph.Add(NodeNames.Autoencoder, AutoencoderSpecs.Training(recipe, asked, activations), essential: true, asked.Epochs);
        graph.Network = autoencoder.Name;
        graph.Add(NodeNames.Evaluation(autoencoder.Name), AutoencoderSpecs.Evaluation(recipe, asked, activations, autoencoder));
    }
}
