using System.ComponentModel;
using System.Diagnostics;

namespace SparsePipeline.Cli.Studies.Origins;

/// <summary>Asks git about the files of a folder; it may not be installed, and the folder need not be in a repository.</summary>
/// <param name="folder">Relative paths count from it.</param>
internal sealed class Git(string folder)
{
    // A repository on a drive that is gone must not hold up a study whose figures are there.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What a call wrote; null when git is not there, refuses, or takes too long.</summary>
    public async Task<string?> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        try
        {
            using var git = Process.Start(start)!;
            try
            {
                var (text, errors) = (git.StandardOutput.ReadToEndAsync(limit.Token), git.StandardError.ReadToEndAsync(limit.Token));
                await Task.WhenAll(text, errors, git.WaitForExitAsync(limit.Token));
                return git.ExitCode == 0 ? await text : null;
            }
            catch (OperationCanceledException)
            {
                git.Kill();
                cancellationToken.ThrowIfCancellationRequested();
                return null;
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
