using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using SparsePipeline.Cli.Commands;

namespace SparsePipeline.Cli;

/// <summary>The command line <c>sparsepipe</c>.</summary>
public static class CommandLine
{
    /// <summary>Parses and runs one command line; returns one of <see cref="ExitCodes"/> and does not throw.</summary>
    public static async Task<int> InvokeAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        var arguments = CreateRoot().Parse(args);
        if (arguments.Action is not HelpWithExamples && UsageErrors.Of(arguments, NameOf(arguments.CommandResult)) is { Count: > 0 } errors)
        {
            new Invocation(arguments, terminal).Refuse(errors);
            return ExitCodes.Usage;
        }

        return await arguments.InvokeAsync(new TerminalConfiguration(terminal), cancellationToken);
    }

    /// <summary>The root command with all subcommands.</summary>
    public static RootCommand CreateRoot()
    {
        var root = new RootCommand("SparsePipeline: prune, retrain in parallel, average, evaluate, and prune further.")
        {
            RunCommand.Create(),
            PlanCommand.Create(),
            StudyCommand.Create(),
            RunsCommand.Create(),
            ServeCommand.Create(),
            PublishCommand.Create(),
            EventsCommand.Create(),
            RecipesCommand.Create(),
            SubscriptionsCommand.Create(),
            KeysCommand.Create(),
            ErrorsCommand.Create(),
            TopologyCommand.Create(),
            InspectCommand.Create(),
            VerifyCommand.Create(),
            PruneCommand.Create(),
            SoupCommand.Create(),
            EvaluateCommand.Create(),
            StatisticsCommand.Create(),
            BenchModelCommand.Create(),
            ExportCommand.Create(),
            CollectCommand.Create(),
            RepairCommand.Create(),
            MethodsCommand.Create(),
            DoctorCommand.Create(),
        };
        root.Options.Add(GlobalOptions.Json);
        root.Options.Add(GlobalOptions.Store);
        root.Options.Add(GlobalOptions.Profile);
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples();
        return root;
    }

    // A command's parents are part of what people type; the root is called after its file, which is not.
    private static string NameOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{NameOf(parent)} {result.Command.Name}" : "sparsepipe";
}
