using System.CommandLine;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Recipes;
using SparsePipeline.Cli.Runs;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>run RECIPE</c>: runs a recipe, or goes on with it, and writes its report.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> RecipePath = new("RECIPE") { Description = "A recipe in YAML." };

    public static Command Create() => new CommandWithExamples(
        "run",
        "Run a recipe in this process, or with the workers of a --profile, and write its report. What was done before is not done again; stopped at any moment, the same command goes on.",
        "sparsepipe run recipes/sms-digits.yaml",
        "sparsepipe run recipes/sms-digits.yaml --runners 2 --output reports/today",
        "sparsepipe run recipes/sms-digits.yaml --json > report.json",
        "sparsepipe run recipes/sms-digits.yaml --profile distributed",
        "sparsepipe run recipes/sms-digits.yaml --profile distributed --detach")
    {
        RecipePath, RunOptions.Runners, RunOptions.Output, OutputFiles.Force, RunOptions.Plain, RunOptions.Detach,
    }.Handle((invocation, cancellationToken) =>
    {
        var path = invocation.Required(RecipePath);
        var (recipe, files) = RecipeFile.Open(path);
        return new RecipeRun(invocation, recipe, "sparsepipe", "run", path) { Files = files }.GoAsync(cancellationToken);
    });
}
