using System.CommandLine;

namespace SparsePipeline.Cli;

/// <summary>A command whose help ends with examples, and whose handler's failures become one line and an exit code.</summary>
internal sealed class CommandWithExamples : Command
{
    /// <param name="name">Its name on the command line.</param>
    /// <param name="description">What it does, in a sentence or two.</param>
    /// <param name="examples">Command lines that work.</param>
    public CommandWithExamples(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description) => Examples = examples;

    public IReadOnlyList<string> Examples { get; }

    /// <summary>Adds the handler; it returns one of <see cref="ExitCodes"/>.</summary>
    public CommandWithExamples Handle(Func<Invocation, CancellationToken, Task<int>> handler)
    {
        SetAction((arguments, cancellationToken) =>
        {
            var terminal = ((TerminalConfiguration)arguments.InvocationConfiguration).Terminal;
            return Guard.RunAsync(new Invocation(arguments, terminal), handler, cancellationToken);
        });
        return this;
    }

    /// <inheritdoc cref="Handle(Func{Invocation, CancellationToken, Task{int}})"/>
    public CommandWithExamples Handle(Func<Invocation, int> handler) => Handle((invocation, _) => Task.FromResult(handler(invocation)));
}
