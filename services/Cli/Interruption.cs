using System.Runtime.InteropServices;

namespace SparsePipeline.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks for a graceful end, the second does not ask.</summary>
internal static class Interruption
{
    /// <summary>Runs with a token that the first signal cancels; the second ends the process with <see cref="ExitCodes.Cancelled"/>.</summary>
    public static async Task<int> RunAsync(TextWriter error, Func<CancellationToken, Task<int>> action)
    {
        using var source = new CancellationTokenSource();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            if (source.IsCancellationRequested)
                Environment.Exit(ExitCodes.Cancelled);
            error.WriteLine("stopping in good order (press Ctrl-C again to stop at once)");
            source.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await action(source.Token);
    }
}
