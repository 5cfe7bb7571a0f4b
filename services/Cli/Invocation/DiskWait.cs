using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Cli;

/// <summary>Waits for space when a command meets a full disk, and does the command again: what was done is cached or written anew.</summary>
internal static class DiskWait
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(
        Invocation invocation, Func<Invocation, CancellationToken, Task<int>> handler, CancellationToken cancellationToken)
    {
        var said = false;
        for (var pause = TimeSpan.FromSeconds(0.5); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await handler(invocation, cancellationToken);
            }
            catch (Exception full) when (FullDisk.Find(full) is { } path)
            {
                if (!said)
                    await invocation.Terminal.Error.WriteLineAsync($"disk full at {path}, waiting; free space or stop");
                said = true;
            }
            await Task.Delay(pause, cancellationToken);
        }
    }
}
