using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Asks a runner process whether a run can be done at all, before anything is spent on it: planning and submission ask the same.</summary>
public static class RunRehearsal
{
    /// <summary>Returns when only a fault of the surroundings or a training that diverges can make a step fail.</summary>
    /// <param name="runners">Where libtorch is.</param>
    /// <param name="recipe">The recipe and the files it refers to, which need not be in the store.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RefusedRunException">Steps would fail.</exception>
    public static Task EnsureAsync(IRunnerPool runners, RecipeFiles recipe, CancellationToken cancellationToken) =>
        EnsureAsync(runners, recipe.Recipe, recipe.Files, cancellationToken);

    /// <inheritdoc cref="EnsureAsync(IRunnerPool, RecipeFiles, CancellationToken)"/>
    public static async Task EnsureAsync(IRunnerPool runners, Recipe recipe, IReadOnlyList<LocalFile> files, CancellationToken cancellationToken)
    {
        var networks = files.Where(f => recipe.Soup.Checkpoints?.Contains(f.Artifact) == true || f.Artifact == recipe.Soup.AnchorCheckpoint).ToDictionary(f => f.Artifact.Digest, f => f.Path, StringComparer.Ordinal);
        var request = new RehearseRequest(
            recipe, PathOf(recipe.Model.Script), PathOf(recipe.Pretraining.Checkpoint), networks.Count == 0 ? null : networks);
        var reply = await runners.RunAsync<RehearseRequest, RehearseReply>(request, progress: null, cancellationToken);
        if (reply.Problems.Count > 0)
            throw new RefusedRunException(reply.Problems);

        string? PathOf(ArtifactRef? artifact) => files.FirstOrDefault(f => f.Artifact == artifact)?.Path;
    }
}
