using System.CommandLine;
using SparsePipeline.Cli.Commands.Events;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>events …</c>: what was published to a gateway.</summary>
internal static class EventsCommand
{
    public static Command Create() => new("events", "List and show the events that were published to a gateway.")
    {
        ListEventsCommand.Create(),
        ShowEventCommand.Create(),
    };
}
