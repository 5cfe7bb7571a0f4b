using System.Diagnostics;

namespace SparsePipeline.Deployment;

/// <summary>One of the repository's scripts, or another program, run to its end.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed, both streams.</param>
internal sealed record ShellScript(int ExitCode, string Output)
{
    public static async Task<ShellScript> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ShellScript(process.ExitCode, output + await error);
    }
}
