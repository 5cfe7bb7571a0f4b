using Spectre.Console;

namespace SparsePipeline.Cli;

/// <summary>Where a command writes, and whether somebody watches.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="IsInteractive">True for a terminal that can redraw; false for pipes, files and CI.</param>
public sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive)
{
    /// <summary>Columns used when nobody watches.</summary>
    public const int PlainWidth = 120;

    /// <summary>The terminal this process was started from.</summary>
    public static Terminal OfProcess() => new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected && System.Environment.GetEnvironmentVariable("CI") is null or "" or "false");

    /// <summary>A Spectre console on <see cref="Output"/>: colours and redrawing only when somebody watches.</summary>
    public IAnsiConsole CreateConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = IsInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = IsInteractive ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(Output),
        });
        if (!IsInteractive)
            console.Profile.Width = PlainWidth;
        return console;
    }
}
