using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Learning;
using SparsePipeline.Learning.Data;
using SparsePipeline.Planning;
using SparsePipeline.Sparsification;

namespace SparsePipeline.Gateway.Recipes;

/// <summary>Recipes as they come over HTTP: checked whole, with every field that names a file of some machine refused.</summary>
internal sealed class ReceivedRecipes(IArtifactStore artifacts)
{
    private static readonly Dictionary<string, string> Nothing = [];
    private static readonly ArtifactRef Sample = new(new string('0', 64), 1, ArtifactFormats.Safetensors);

    /// <summary>All methods that recipes may name. Reading them loads no libtorch.</summary>
    public static MethodCatalog Catalog { get; } = new([.. SparsificationMethods.All, .. LearningMethods.All, .. PlanningMethods.All]);

    /// <summary>A recipe that can be submitted.</summary>
    /// <exception cref="RefusedRequestException">422 with all errors.</exception>
    public Recipe Read(string text) => WithDigest(Whole(RecipeReader.ReadReceived(text, Catalog, Nothing)));

    /// <summary>The same, started from a checkpoint that is taken as it is.</summary>
    /// <param name="text">The recipe.</param>
    /// <param name="checkpoint">In the store.</param>
    /// <param name="set">Further fields by their dotted names, each with its value as JSON.</param>
    /// <exception cref="RefusedRequestException">422 with all errors.</exception>
    public Recipe Read(string text, ArtifactRef checkpoint, IReadOnlyDictionary<string, string>? set = null) =>
        WithDigest(Whole(RecipeReader.ReadReceived(text, Catalog, From(checkpoint, set))));

    /// <summary>Refuses a recipe that could be submitted neither as it is nor with a checkpoint.</summary>
    /// <exception cref="RefusedRequestException">422 with all errors.</exception>
    public void Check(string text, IReadOnlyDictionary<string, string>? set = null)
    {
        var (alone, started) = (RecipeReader.ReadReceived(text, Catalog, set ?? Nothing), RecipeReader.ReadReceived(text, Catalog, From(Sample, set)));
        if (alone.Recipe is null && started.Recipe is null)
            throw ProblemAnswers.Invalid(started.Errors.Count < alone.Errors.Count ? started.Errors : alone.Errors);
    }

    /// <summary>Refuses a recipe that names files which are not in the store.</summary>
    /// <exception cref="RefusedRequestException">422 with all of them.</exception>
    public async Task EnsureStoredAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        var missing = new List<ProblemError>();
        foreach (var file in StoredRunRehearsal.FilesOf(recipe))
            if (await artifacts.SizeAsync(file.Digest, cancellationToken) != file.SizeBytes)
                missing.Add(new ProblemError(FailureCodes.MissingArtifact, $"The file {file.Digest} of {file.SizeBytes} bytes is not in the store.", "Upload it first."));
        if (missing.Count > 0)
            throw new RefusedRequestException(StatusCodes.Status422UnprocessableEntity, missing);
    }

    private static Dictionary<string, string> From(ArtifactRef checkpoint, IReadOnlyDictionary<string, string>? set) => new(set ?? Nothing, StringComparer.Ordinal)
    {
        ["pretraining.checkpoint"] = JsonSerializer.Serialize(checkpoint, ContractJson.Options),
        ["pretraining.epochs"] = "0",
    };

    private static Recipe Whole(RecipeReading reading) => reading.Recipe ?? throw ProblemAnswers.Invalid(reading.Errors);

    // Data at a path of the workers has its digest from the sender; nothing of it is read here.
    private static Recipe WithDigest(Recipe recipe) =>
        recipe.Data.Digest is not null ? recipe : recipe with { Data = recipe.Data with { Digest = DataSets.Digest(recipe.Data) } };
}
