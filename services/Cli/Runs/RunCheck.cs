using System.Text;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Standalone;

namespace SparsePipeline.Cli.Runs;

/// <summary>Refuses runs whose steps would be refused, before anything is spent: <c>plan</c>, <c>run</c> and <c>study</c> ask the same.</summary>
internal static class RunCheck
{
    /// <summary>Looks at one run, unless it has finished.</summary>
    /// <param name="invocation">Says which store has its results.</param>
    /// <param name="pipeline">Whose runners are used if it has some; null starts one that ends with the check.</param>
    /// <param name="recipe">With its data's digest.</param>
    /// <param name="files">What it refers to.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RefusedRunException">Steps would be refused; all reasons are told.</exception>
    public static Task EnsureAsync(Invocation invocation, IPipeline? pipeline, Recipe recipe, IReadOnlyList<LocalFile> files, CancellationToken cancellationToken) =>
        EnsureAsync(invocation, pipeline, [(recipe, files)], cancellationToken);

    /// <summary>Looks at many, each reason once: runs that differ in nothing but their seed and name are refused alike.</summary>
    public static async Task EnsureAsync(
        Invocation invocation, IPipeline? pipeline, IEnumerable<(Recipe Recipe, IReadOnlyList<LocalFile> Files)> runs, CancellationToken cancellationToken)
    {
        await using var store = LocalStore.Open(invocation.Settings);
        // A store of its own, so that looking at a run leaves nothing in the one that is looked at.
        await using var temporary = pipeline is EmbeddedPipeline ? null : LocalStore.OpenTemporary();
        var runners = pipeline is EmbeddedPipeline embedded ? embedded.Runners : temporary!.Runners;
        var problems = new List<StepFailure>();
        foreach (var (recipe, files) in runs.DistinctBy(r => Kind(r.Recipe), StringComparer.Ordinal))
            if (!(await store.Planner.PlanAsync(recipe, cancellationToken)).Finished)
                problems.AddRange(await ProblemsAsync(() => store.Rehearsed.EnsureAsync(runners, recipe, files, mayRemember: pipeline is not null, cancellationToken)));
        if (problems.Count > 0)
            throw new RefusedRunException([.. problems.Distinct()]);
    }

    private static async Task<IReadOnlyList<StepFailure>> ProblemsAsync(Func<Task> rehearse)
    {
        try
        {
            await rehearse();
            return [];
        }
        catch (RefusedRunException refused)
        {
            return refused.Problems;
        }
    }

    private static string Kind(Recipe recipe) => Encoding.UTF8.GetString(CanonicalJson.Serialize(recipe with { Seed = 0, Name = "" }));
}
