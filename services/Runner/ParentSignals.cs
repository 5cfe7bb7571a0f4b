using System.Runtime.InteropServices;

namespace SparsePipeline.Runner;

/// <summary>Leaves polite signals to the parent.</summary>
/// <remarks>
/// Ctrl-C and service managers signal the whole process group. The parent then asks its runners to save a resume point and stop; a runner
/// that obeyed the signal itself would look crashed.
/// </remarks>
internal static class ParentSignals
{
    private static readonly PosixSignal[] Polite = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT];

    /// <summary>Ignores them; the returned registrations must stay referenced.</summary>
    public static IReadOnlyList<PosixSignalRegistration> Ignore() =>
        [.. Polite.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true))];
}
