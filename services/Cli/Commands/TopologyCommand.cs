using System.CommandLine;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Bus.Ingest;
using SparsePipeline.Standalone;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>topology</c>: declares exchanges and queues on the broker of a profile.</summary>
internal static class TopologyCommand
{
    private static readonly Option<int> Wait = new("--wait")
    {
        Description = "Give up when the broker has not answered after so many seconds.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 60,
    };

    public static Command Create() => new CommandWithExamples(
        "topology",
        "Declare the exchanges, queues and bindings of all services on the broker and consume nothing. To be done before services start, in "
        + "whatever order they then do: what is published waits in its queue. Doing it again does no harm.",
        "sparsepipe topology --profile distributed",
        "sparsepipe topology --profile distributed --wait 300")
    {
        Wait,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var seconds = invocation.Required(Wait);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(seconds));
        try
        {
            var settings = invocation.Settings.Over(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase));
            await PipelineTopology.DeployAsync(settings, patience.Token);
        }
        catch (OperationCanceledException waited) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The broker did not let this user declare the topology within {seconds} s; the log above says why.", waited);
        }

        invocation.Answer(new { EndpointNames.All });
        invocation.Say($"declared {EndpointNames.All.Count} queues, each with its error queue: {string.Join(", ", EndpointNames.All)}");
        invocation.Say($"and {IngestTopology.Queue}, which gets what is published to {IngestTopology.Exchange}");
        return ExitCodes.Ok;
    }
}
