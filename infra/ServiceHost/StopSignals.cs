using System.Runtime.InteropServices;

namespace SparsePipeline.ServiceHost;

/// <summary>The signals that tell a service to stop, heard for as long as the service runs: its hosts hear them too, but hosts come and go.</summary>
internal static class StopSignals
{
    /// <summary>Runs with a token that SIGTERM, SIGINT (Ctrl-C) or SIGQUIT cancels; none of them ends the process by itself meanwhile.</summary>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> action)
    {
        // Not disposed of: the signal that ends the service may still be told when the service has ended.
        var told = new CancellationTokenSource();
        void Tell(PosixSignalContext context)
        {
            context.Cancel = true;
            told.Cancel();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Tell);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Tell);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Tell);
        return await action(told.Token);
    }
}
