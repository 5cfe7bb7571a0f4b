using System.CommandLine;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Studies;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>study STUDY…</c>: runs a recipe over seeds and grids of settings and compares what comes out.</summary>
internal static class StudyCommand
{
    private static readonly Argument<string[]> Paths = new("STUDY")
    {
        Description = "A study in YAML: a recipe, seeds that tune and seeds that judge, and grids of settings.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create() => new CommandWithExamples(
        "study",
        "Run a recipe over seeds and grids of settings, compare the soups with every baseline seed by seed, and write tables, charts and verdicts. What was done before is not done again; stopped at any moment, the same command goes on; a run that fails does not stop the others.",
        "sparsepipe study studies/digits-quick.yaml",
        "sparsepipe study studies/digits-quick.yaml --plan",
        "sparsepipe study studies/digits.yaml studies/glyphs.yaml --output reports --page reports/results.md",
        "sparsepipe study studies/digits.yaml --json > study.json")
    {
        Paths, StudyOptions.Plan, StudyOptions.CachedOnly, StudyOptions.Earlier, RunOptions.Runners, StudyOptions.AtOnce, StudyOptions.Output, StudyOptions.Page, StudyOptions.Preface, OutputFiles.Force, RunOptions.Plain,
    }.Handle((invocation, cancellationToken) => new StudyRun(invocation, invocation.Required(Paths)).GoAsync(cancellationToken));
}
