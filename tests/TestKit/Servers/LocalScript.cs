using System.Diagnostics;

namespace SparsePipeline.TestKit.Servers;

/// <summary>Runs one of the scripts of <c>infra/local</c>.</summary>
public static class LocalScript
{
    /// <summary>Returns standard output; throws with what the script said when it fails.</summary>
    public static async Task<string> RunAsync(
        string script, string argument, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var output = Path.GetTempFileName();
        try
        {
            // Into files, not pipes: the server it leaves behind would keep a pipe open.
            var start = new ProcessStartInfo("/bin/sh", ["-c", $"\"$0\" \"$1\" > '{output}' 2> '{output}.error'", script, argument]);
            foreach (var (name, value) in environment)
                start.Environment[name] = value;
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? await File.ReadAllTextAsync(output, cancellationToken)
                : throw new InvalidOperationException(
                    $"{script} {argument} ended with {process.ExitCode}: {await File.ReadAllTextAsync(output + ".error", cancellationToken)}");
        }
        finally
        {
            File.Delete(output);
            File.Delete(output + ".error");
        }
    }
}
