using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Runs;

/// <summary>Tells what only makes sense when the workers are in this process, or only when they are not.</summary>
internal static class WorkerPlace
{
    private const string ScaleThere = "Leave it out; the workers of a --profile are scaled where they run, for example with `make up TRAINERS=2`.";

    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: an option or the recipe does not fit.</exception>
    public static void Check(Invocation invocation, Recipe recipe)
    {
        if (!invocation.Settings.HasSharedBus && invocation.Value(RunOptions.Detach))
            throw Refuse("--detach: the workers would end with this process.", "Leave it out, or give the --profile of workers that run elsewhere.");
        if (!invocation.Settings.HasSharedBus)
            return;
        if (invocation.Value(RunOptions.Runners) is { } runners)
            throw Refuse($"--runners {runners}: this process computes nothing.", ScaleThere);
        if (recipe.Data.Path is { } path && !Path.IsPathFullyQualified(path))
            throw Refuse(
                $"data.path is '{path}', which every worker would look for in a working folder of its own.",
                "Give an absolute path under which every worker finds the same files (a mounted volume, or a copy): their digest is checked there.");
    }

    private static DomainException Refuse(string reason, string remedy) => new(FailureCodes.InvalidOption, reason, remedy);
}
