using System.CommandLine;

namespace SparsePipeline.Cli;

/// <summary>Carries the terminal to the handlers. Signals are ours (<see cref="Interruption"/>), and so are exceptions.</summary>
internal sealed class TerminalConfiguration : InvocationConfiguration
{
    public TerminalConfiguration(Terminal terminal)
    {
        Terminal = terminal;
        Output = terminal.Output;
        Error = terminal.Error;
        EnableDefaultExceptionHandler = false;
        ProcessTerminationTimeout = null;
    }

    public Terminal Terminal { get; }
}
