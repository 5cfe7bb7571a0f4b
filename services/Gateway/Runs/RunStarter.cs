using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Recipes;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Gateway.Runs;

/// <summary>Starts the run of a stored recipe with a checkpoint that was published. To start it again starts nothing: a run is named by its recipe.</summary>
internal sealed class RunStarter(RecipeShelf shelf, ReceivedRecipes recipes, StoredRunRehearsal rehearsal, RunSubmission submission)
{
    /// <summary>Submits a run and returns its id.</summary>
    public async Task<string> SubmitAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        await submission.SubmitAsync(recipe, cancellationToken);
        return RunId.Of(recipe);
    }

    /// <summary>Refuses a run whose steps would fail, where this process can tell.</summary>
    /// <exception cref="DomainException">With all reasons.</exception>
    public async Task EnsureFeasibleAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        try
        {
            await rehearsal.EnsureAsync(recipe, mayRemember: true, cancellationToken);
        }
        catch (RefusedRunException refused)
        {
            throw new DomainException(
                refused.Problems[0].Code, string.Join(" ", refused.Problems.Select(p => p.Reason)), string.Join(" ", refused.Problems.Select(p => p.Remedy).Distinct(StringComparer.Ordinal)));
        }
    }

    /// <summary>The recipe of a run.</summary>
    /// <param name="name">Of the stored recipe.</param>
    /// <param name="version">Of its text.</param>
    /// <param name="checkpoint">What it starts from.</param>
    /// <param name="set">Further fields, each with its value as JSON.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="DomainException">The recipe cannot be started with it; all reasons are told.</exception>
    public async Task<Recipe> ReadAsync(
        string name, string version, ArtifactRef checkpoint, IReadOnlyDictionary<string, string>? set, CancellationToken cancellationToken)
    {
        var stored = await shelf.ReadVersionAsync(name, version, cancellationToken) ?? throw Gone(name);
        return Read(stored.Text, checkpoint, set);
    }

    /// <summary>The version of a stored recipe that counts now.</summary>
    /// <exception cref="DomainException">There is none of that name.</exception>
    public async Task<string> VersionOfAsync(string name, CancellationToken cancellationToken) =>
        await shelf.ReadAsync(name, cancellationToken) is var (recipe, _) ? recipe.Version : throw Gone(name);

    private Recipe Read(string text, ArtifactRef checkpoint, IReadOnlyDictionary<string, string>? set)
    {
        try
        {
            return recipes.Read(text, checkpoint, set);
        }
        catch (Http.RefusedRequestException refused)
        {
            throw new DomainException(
                refused.Errors[0].Code, string.Join(" ", refused.Errors.Select(e => $"{e.Field}: {e.Reason}")),
                string.Join(" ", refused.Errors.Select(e => e.Remedy).Distinct(StringComparer.Ordinal)));
        }
    }

    private static DomainException Gone(string name) => new("unknown-recipe", $"There is no stored recipe '{name}'.", "PUT it to /v1/recipes, and publish again under another id.");
}
