using System.Diagnostics;

namespace SparsePipeline.TestKit.Servers;

/// <summary>Runs one of the scripts of <c>infra/local</c>.</summary>
public static class LocalScript
{
    /// <summary>More than a script gives itself, so that it can say what it was waiting for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Returns standard output; throws with what the script said when it fails. One that does not end, or that nobody waits for any more, is
    /// killed with all it has started.
    /// </summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    /// <exception cref="TimeoutException">It had not ended after five minutes.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it had ended.</exception>
    public static async Task<string> RunAsync(
        string script, string argument, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var output = Path.GetTempFileName();
        try
        {
            // Into files, not pipes: the server it leaves behind would keep a pipe open.
            var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec \"$0\" \"$1\" < /dev/null > '{output}' 2> '{output}.error'", script, argument]);
            foreach (var (name, value) in environment)
                start.Environment[name] = value;
            using var process = Process.Start(start)!;
            await EndAsync(process, $"{script} {argument}", output, cancellationToken);
            return process.ExitCode == 0
                ? await File.ReadAllTextAsync(output, CancellationToken.None)
                : throw new InvalidOperationException($"{script} {argument} ended with {process.ExitCode}: {Said(output)}");
        }
        finally
        {
            File.Delete(output);
            File.Delete(output + ".error");
        }
    }

    private static async Task EndAsync(Process process, string what, string output, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(Patience);
        try
        {
            await process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            if (cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException($"{what} was killed, because nobody waits for it any more. It had said: {Said(output)}", exception, cancellationToken);
            throw new TimeoutException($"{what} was killed after {Patience.TotalMinutes:0} minutes. It had said: {Said(output)}", exception);
        }
    }

    private static string Said(string output) => File.ReadAllText(output) + File.ReadAllText(output + ".error");
}
