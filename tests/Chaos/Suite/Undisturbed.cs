using SparsePipeline.Chaos.Processes;

namespace SparsePipeline.Chaos.Suite;

/// <summary>Digests of the same recipes run embedded without faults; each recipe is run once.</summary>
internal sealed class Undisturbed(string folder)
{
    private readonly Dictionary<long, IReadOnlyDictionary<string, string>> _known = [];

    public async Task<IReadOnlyDictionary<string, string>> DigestsAsync(ChaosRecipe recipe, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(recipe.Recipe.Seed, out var digests))
            _known[recipe.Recipe.Seed] = digests = await EmbeddedRun.DigestsAsync(recipe, Path.Combine(folder, "undisturbed"), cancellationToken);
        return digests;
    }
}
