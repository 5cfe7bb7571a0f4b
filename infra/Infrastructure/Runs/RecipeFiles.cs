using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>A recipe that names its files by their content, and where the files are: they go into the store when it is submitted.</summary>
/// <param name="Recipe">Without paths, so that run and steps follow the content alone.</param>
/// <param name="Files">What it refers to.</param>
public sealed record RecipeFiles(Recipe Recipe, IReadOnlyList<LocalFile> Files)
{
    /// <summary>Checks the form of the model's script and of the start weights, and hashes them.</summary>
    /// <param name="recipe">As it was read.</param>
    /// <param name="folder">What relative paths start from.</param>
    /// <exception cref="DomainException">Some file is missing or not what it should be; all such files are named.</exception>
    public static RecipeFiles Of(Recipe recipe, string folder)
    {
        var problems = new List<StepFailure>();
        var script = Take("model.file", recipe.Model.File, folder, ArtifactFormats.TorchScript, ScriptFile.Check, problems);
        var weights = Take("pretraining.weights", recipe.Pretraining.Weights, folder, ArtifactFormats.Safetensors, Open, problems);
        var networks = (recipe.Soup.Networks ?? []).Select((path, i) => Take($"soup.networks[{i}]", path, folder, ArtifactFormats.Safetensors, Open, problems)).ToList();
        var anchor = Take("soup.anchorNetwork", recipe.Soup.AnchorNetwork, folder, ArtifactFormats.Safetensors, Open, problems);
        if (problems.Count > 0)
            throw new DomainException(
                problems[0].Code, string.Join(" ", problems.Select(p => p.Reason)), string.Join(" ", problems.Select(p => p.Remedy).Distinct(StringComparer.Ordinal)));
        var named = new GivenContent(script?.Artifact, weights?.Artifact, networks.Count == 0 ? null : [.. networks.Select(n => n!.Artifact)], anchor?.Artifact);
        return new RecipeFiles(named.In(recipe), [.. new[] { script, weights, anchor }.Concat(networks).OfType<LocalFile>().DistinctBy(f => f.Artifact)]);
    }

    /// <summary>Another recipe that names the same files, by their content.</summary>
    public Recipe Named(Recipe recipe) =>
        new GivenContent(Recipe.Model.Script, Recipe.Pretraining.Checkpoint, Recipe.Soup.Checkpoints, Recipe.Soup.AnchorCheckpoint).In(recipe);

    private static LocalFile? Take(string field, string? path, string folder, string format, Action<string> check, List<StepFailure> problems)
    {
        if (path is null)
            return null;
        try
        {
            return LocalFile.Of(Path.GetFullPath(path, Path.GetFullPath(folder)), format, check);
        }
        catch (DomainException error)
        {
            problems.Add(error.Failure with { Reason = $"{field}: {error.Failure.Reason}" });
            return null;
        }
    }

    private static void Open(string path)
    {
        using var state = CheckpointFile.Open(path, CheckpointUse.Network);
        state.EnsureFinite();
    }

    /// <summary>What files are by their content; null for those that are not given.</summary>
    private sealed record GivenContent(ArtifactRef? Script, ArtifactRef? Weights, IReadOnlyList<ArtifactRef>? Networks, ArtifactRef? Anchor)
    {
        public Recipe In(Recipe recipe) => recipe with
        {
            Model = recipe.Model with { File = null, Script = Script ?? recipe.Model.Script },
            Pretraining = recipe.Pretraining with { Weights = null, Checkpoint = Weights ?? recipe.Pretraining.Checkpoint },
            Soup = recipe.Soup with
            {
                Networks = null,
                Checkpoints = Networks ?? recipe.Soup.Checkpoints,
                AnchorNetwork = null,
                AnchorCheckpoint = Anchor ?? recipe.Soup.AnchorCheckpoint,
            },
        };
    }
}
