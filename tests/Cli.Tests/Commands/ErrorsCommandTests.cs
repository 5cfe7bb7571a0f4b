using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using SparsePipeline.Cli.Settings;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Cli.Tests.Commands;

/// <summary>What an operator does at night about a queue that is not empty.</summary>
[Collection(ProfileTests.Collection)]
public sealed class ErrorsCommandTests(BrokerServer broker) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private BrokerVirtualHost _host = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await broker.CreateVirtualHostAsync(Cancelled);
        Environment.SetEnvironmentVariable(Profiles.FolderVariable, _folder.Path);
        await File.WriteAllTextAsync(_folder.File("night.settings.json"), JsonSerializer.Serialize(_host.Settings), Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(Profiles.FolderVariable, null);
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Topology_declares_what_retry_sends_to_and_a_message_goes_all_the_way_round()
    {
        (await CallAsync("topology")).Output.ShouldContain("declared 12 queues");
        await FailAsync("one", "run-a");
        await FailAsync("two", "run-b");

        (await CallAsync("errors", "list")).Output.ShouldContain("prune-checkpoint_error: 2");
        (await CallAsync("errors", "show", "two")).Output.ShouldContain("the disk is full");
        var asked = await CallAsync("errors", "retry", "two");
        asked.Output.ShouldContain("1 would be sent again; nothing was changed, repeat with --yes");
        (await CallAsync("errors", "retry", "two", "--yes")).Output.ShouldContain("1 sent again");

        (await CallAsync("errors", "show", "two")).ExitCode.ShouldBe(ExitCodes.RefusedInput);
        (await CountAsync("prune-checkpoint")).ShouldBe(1u);
    }

    [Fact]
    public async Task Dropping_all_of_a_run_leaves_the_others()
    {
        await CallAsync("topology");
        await FailAsync("one", "run-a");
        await FailAsync("two", "run-b");

        (await CallAsync("errors", "drop", "--all", "--run", "run-a", "--yes")).Output.ShouldContain("1 dropped");

        var left = (await CallAsync("errors", "list", "--json")).Json.GetProperty("messages").EnumerateArray().ToList();
        left.ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe("two");
    }

    [Theory]
    [InlineData(new[] { "errors", "drop", "--yes" }, "Neither an ID nor --all was given.")]
    [InlineData(new[] { "errors", "drop", "one", "--all" }, "Both the ID 'one' and --all were given.")]
    public async Task What_is_dropped_must_be_said(string[] words, string reason)
    {
        var run = await CallAsync(words);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain(reason);
    }

    [Fact]
    public async Task Without_a_broker_there_are_no_error_queues_and_the_answer_says_where_to_look()
    {
        var run = await CliRun.InvokeAsync("errors", "list");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("without a broker no error queues are kept");
        run.Error.ShouldContain("sparsepipe runs show RUN");
    }

    private static Task<CliRun> CallAsync(params string[] words) => CliRun.InvokeAsync([.. words, "--profile", "night"]);

    private async Task FailAsync(string id, string runId)
    {
        await using var connection = await new ConnectionFactory { Uri = _host.Uri }.CreateConnectionAsync(Cancelled);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancelled);
        var properties = new BasicProperties
        {
            MessageId = id,
            Persistent = true,
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["MT-Fault-Message"] = "the disk is full", ["MT-Reason"] = "fault" },
        };
        var body = $$"""
            { "messageType": ["urn:message:SparsePipeline.Contracts:PruneCheckpoint"], "message": { "runId": "{{runId}}", "stepKey": "key" } }
            """;
        await channel.BasicPublishAsync("prune-checkpoint_error", "", mandatory: true, properties, Encoding.UTF8.GetBytes(body), Cancelled);
    }

    private async Task<uint> CountAsync(string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = _host.Uri }.CreateConnectionAsync(Cancelled);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);
        return await channel.MessageCountAsync(queue, Cancelled);
    }
}
