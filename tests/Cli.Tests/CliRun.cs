using System.Text.Json;

namespace SparsePipeline.Cli.Tests;

/// <summary>One call of the command line, in this process, through the entry that Program.cs uses.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as JSON; throws when it is anything else.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);

    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static async Task<CliRun> InvokeAsync(params string[] args) => await InvokeAsync(CancellationToken.None, args);

    public static async Task<CliRun> InvokeAsync(CancellationToken cancellationToken, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.InvokeAsync(args, new Terminal(output, error, IsInteractive: false), cancellationToken);
        return new CliRun(code, output.ToString(), error.ToString());
    }
}
