using System.CommandLine;
using SparsePipeline.Cli.Methods;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>methods [AXIS|NAME]</c>: what recipes may name.</summary>
internal static class MethodsCommand
{
    private static readonly Argument<string?> Filter = new("AXIS|NAME")
    {
        Description = "Only this axis, or only methods of this name.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Markdown = new("--markdown") { Description = "Write docs/methods.md." };

    private static readonly Option<bool> Schema = new("--schema") { Description = "Write the JSON schema of recipes, docs/recipe.schema.json." };

    public static Command Create() => new CommandWithExamples(
        "methods",
        "List models, data sets, pruners, soups, schedules and baselines with their options.",
        "sparsepipe methods",
        "sparsepipe methods pruner",
        "sparsepipe methods global-magnitude",
        "sparsepipe methods --markdown > docs/methods.md",
        "sparsepipe methods --schema > docs/recipe.schema.json")
    {
        Filter, Markdown, Schema,
    }.Handle(Run);

    private static int Run(Invocation invocation)
    {
        var catalog = Catalog.Create();
        if (invocation.Value(Schema))
        {
            invocation.Terminal.Output.WriteLine(RecipeSchema.Generate(catalog));
            return ExitCodes.Ok;
        }

        var methods = Choose(catalog, invocation.Value(Filter));
        invocation.Answer(methods);
        if (invocation.Value(Markdown))
            invocation.Say(MethodsMarkdown.Write(methods).TrimEnd());
        else if (!invocation.Json)
            MethodsTable.Write(invocation.Terminal.CreateConsole(), methods);
        return ExitCodes.Ok;
    }

    private static List<MethodInfo> Choose(MethodCatalog catalog, string? filter)
    {
        var chosen = catalog.Methods.Where(m => filter is null || m.Axis == filter || m.Name == filter).ToList();
        return chosen.Count > 0 ? chosen : throw new DomainException(
            FailureCodes.UnknownMethod,
            $"There is no axis and no method '{filter}'.",
            $"{NameSuggestion.Nearest(filter!, [.. MethodAxes.All, .. catalog.Methods.Select(m => m.Name).Distinct()])}Axes: {string.Join(", ", MethodAxes.All)}. "
            + "`sparsepipe methods` lists all methods.");
    }
}
