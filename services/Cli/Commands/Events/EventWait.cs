using System.CommandLine;
using SparsePipeline.Client;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Commands.Events;

/// <summary><c>--wait SECONDS</c>: stays until an event has come to its end.</summary>
internal static class EventWait
{
    private const int MostSeconds = 7 * 86_400;

    public static Option<int?> Option(string what) => new("--wait")
    {
        Description = $"Wait so long for the {what} event to come to its end, and answer what followed from it; a run that was started goes on.",
        HelpName = "SECONDS",
    };

    /// <summary>The event, at its end.</summary>
    /// <exception cref="IOException">It was not there in time.</exception>
    public static async Task<PublishedEvent> ForAsync(GatewayClient client, string eventKey, int seconds, CancellationToken cancellationToken)
    {
        if (seconds is < 1 or > MostSeconds)
            throw new DomainException(FailureCodes.InvalidOption, $"--wait is {seconds}.", $"Give 1 to {MostSeconds} seconds.");
        try
        {
            return await client.Events.WaitAsync(eventKey, TimeSpan.FromSeconds(seconds), cancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new DomainException("event-waits", late.Message, $"It goes on by itself; sparsepipe events show {eventKey} says how far it is.");
        }
    }
}
