using System.CommandLine;
using System.Text.Json;
using SparsePipeline.Cli.Settings;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli;

/// <summary>One call of one command: its arguments and where its output goes.</summary>
internal sealed class Invocation(ParseResult arguments, Terminal terminal)
{
    private CommandSettings? _settings;

    public Terminal Terminal { get; } = terminal;

    /// <summary>Whether standard output is to carry JSON and nothing else.</summary>
    public bool Json => arguments.GetValue(GlobalOptions.Json);

    /// <summary>Which store and which bus this call works on.</summary>
    public CommandSettings Settings => _settings ??= CommandSettings.Read(arguments.GetValue(GlobalOptions.Profile), StoreAsGiven);

    /// <summary>The options that led to <see cref="Settings"/>, to be repeated in a command line that is to work on the same.</summary>
    public IReadOnlyList<string> Where =>
    [
        .. arguments.GetValue(GlobalOptions.Profile) is { } profile ? (string[])["--profile", profile] : [],
        .. StoreAsGiven is { } store ? (string[])["--store", store] : [],
    ];

    /// <summary>Full paths of the files this call was allowed to write: what is there when its handler is run again is its own.</summary>
    public HashSet<string> Granted { get; } = new(StringComparer.Ordinal);

    private string? StoreAsGiven => arguments.GetResult(GlobalOptions.Store) is { Implicit: false } ? arguments.GetValue(GlobalOptions.Store) ?? GlobalOptions.DefaultStore : null;

    public T? Value<T>(Option<T> option) => arguments.GetValue(option);

    public T Required<T>(Option<T> option) => arguments.GetRequiredValue(option);

    public T Required<T>(Argument<T> argument) => arguments.GetRequiredValue(argument);

    public T? Value<T>(Argument<T> argument) => arguments.GetValue(argument);

    /// <summary>A line for people; silent under <c>--json</c>.</summary>
    public void Say(string line)
    {
        if (!Json)
            Terminal.Output.WriteLine(line);
    }

    /// <summary>The answer for programs; silent without <c>--json</c>.</summary>
    public void Answer<T>(T value)
    {
        if (Json)
            Terminal.Output.WriteLine(JsonSerializer.Serialize(value, ContractJson.Options));
    }

    /// <summary>Errors as one line each on standard error, and as JSON on standard output when that was asked for.</summary>
    public void Refuse(params IReadOnlyList<CommandError> errors)
    {
        foreach (var error in errors)
            Terminal.Error.WriteLine($"error: {error.OneLine()}");
        Answer(new { Errors = errors });
    }
}
