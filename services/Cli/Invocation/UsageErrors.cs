using System.CommandLine;
using System.CommandLine.Parsing;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli;

/// <summary>What is wrong with a command line, all of it at once, in words that name the option, what was typed and what to type.</summary>
internal static class UsageErrors
{
    /// <summary>All errors; empty when the command line can be run.</summary>
    /// <param name="arguments">What was typed.</param>
    /// <param name="command">The command as it is typed, for the way to its help.</param>
    public static IReadOnlyList<CommandError> Of(ParseResult arguments, string command)
    {
        var help = $"See `{command} --help`.";
        var numbers = NumberTokens.Problems(arguments).ToList();
        var told = numbers.Select(n => NumberTokens.Name(n.Symbol)).ToHashSet(StringComparer.Ordinal);
        var unknown = arguments.UnmatchedTokens.Concat(MistakenForFiles(arguments)).Select(t => Unknown(arguments.CommandResult.Command, t, help)).ToList();
        var others = arguments.Errors
            .Where(e => !(e.SymbolResult is { } symbol && told.Contains(NumberTokens.Name(symbol))) && !IsUnmatched(arguments, e))
            .Select(e => Error(e, arguments.CommandResult.Command, help));
        return [.. numbers.Select(n => n.Error).Distinct(), .. unknown, .. others.Where(e => unknown.Count == 0 || e.Code != Missing).Select(e => e with { Code = "usage" })];
    }

    private const string Missing = "missing";

    // An argument that takes many words takes misspelt options, too.
    private static IEnumerable<string> MistakenForFiles(ParseResult arguments) => arguments.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(a => a.Tokens).Select(t => t.Value).Where(t => t.Length > 1 && t[0] == '-' && NumberText.Number(t) is null && !File.Exists(t));

    // The library's message for a word that is neither command nor option ends with the word in quotes.
    private static bool IsUnmatched(ParseResult arguments, ParseError error) =>
        error.SymbolResult is CommandResult && arguments.UnmatchedTokens.Any(t => error.Message.Contains($"'{t}'", StringComparison.Ordinal));

    private static CommandError Unknown(Command command, string word, string help)
    {
        var isOption = word.StartsWith('-');
        IReadOnlyList<string> known = isOption
            ? [.. command.Options.Concat(Recursive(command)).Where(o => !o.Hidden).Select(o => o.Name).Distinct()]
            : [.. command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name)];
        var what = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : null;
        return what is null
            ? new("usage", $"'{word}' is one word too many.", $"Put words with spaces in quotes. {help}")
            : new("usage", $"There is no {what} '{word}'.", known.Count == 0 ? help : $"{NameSuggestion.For(word, known)} {help}");
    }

    private static IEnumerable<Option> Recursive(Command command) =>
        command.Parents.OfType<Command>().SelectMany(p => p.Options.Where(o => o.Recursive).Concat(Recursive(p)));

    private static CommandError Error(ParseError error, Command command, string help) => error.SymbolResult switch
    {
        CommandResult when command.Subcommands.Count > 0 && command.Action is null =>
            new(Missing, $"The command is not complete: one of {string.Join(", ", command.Subcommands.Select(c => c.Name))} is missing.", help),
        OptionResult { Option.Required: true, IdentifierToken: null } option => new(Missing, $"{option.Option.Name} is missing.", $"Add {Usage(option.Option)}. {help}"),
        OptionResult { Tokens.Count: 0 } option => new("usage", $"{option.Option.Name} has no value.", $"Write {Usage(option.Option)}. {help}"),
        OptionResult { Tokens.Count: > 1 } option when option.Tokens.Count > option.Option.Arity.MaximumNumberOfValues =>
            new("usage", $"{option.Option.Name} has {option.Tokens.Count} values: {string.Join(", ", option.Tokens.Select(t => $"'{t.Value}'"))}.", $"Give one. {help}"),
        ArgumentResult { Tokens.Count: 0 } argument => new(Missing, $"{argument.Argument.Name} is missing.", $"{argument.Argument.Description} {help}"),
        ArgumentResult argument when argument.Tokens.Count < argument.Argument.Arity.MinimumNumberOfValues =>
            new(Missing, $"{argument.Argument.Name}: {argument.Tokens.Count} given, and at least {argument.Argument.Arity.MinimumNumberOfValues} are needed.", help),
        OptionResult option when Choices(option) is { Count: > 0 } choices && option.Tokens is [{ } token] && !choices.Contains(token.Value) =>
            new("usage", $"{option.Option.Name} is '{token.Value}'.", NameSuggestion.For(token.Value, choices)),
        ArgumentResult { Parent: OptionResult option, Tokens: [{ } token] } when Choices(option) is { Count: > 0 } choices && !choices.Contains(token.Value) =>
            new("usage", $"{option.Option.Name} is '{token.Value}'.", NameSuggestion.For(token.Value, choices)),
        _ => new("usage", error.Message, help),
    };

    private static string Usage(Option option) => $"{option.Name} {option.HelpName ?? "VALUE"}";

    // Options with a closed list of values write it into their help, so that both are one list.
    private static IReadOnlyList<string> Choices(OptionResult option) => option.Option.HelpName?.Split('|') is { Length: > 1 } choices ? choices : [];
}
