using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Serve;

/// <summary>The gateway and the workers as one real process.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ServeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_checkpoint_that_Python_publishes_becomes_a_sparse_network_also_when_the_process_is_killed_on_the_way()
    {
        var store = _folder.File("store");
        var token = await ServeProcess.KeyAsync(store, AccessRoles.Operator);
        var network = Network(1).Save(_folder.File("net.safetensors"));
        string runId;
        using (var first = await ServeProcess.StartAsync(store))
        {
            using var client = first.Client(token);
            (await StoreRecipeAsync(client, "small", TestGateway.Recipe)).IsSuccessStatusCode.ShouldBeTrue();
            var published = await Scripts.PythonAsync(_folder, first.Address, token, network, "digits", "small");
            var ended = await EndAsync(client, published.Split(' ')[0]);
            ended.GetProperty("state").GetString().ShouldBe(EventStates.Dispatched, ended.ToString());
            runId = ended.GetProperty("outcomes")[0].GetProperty("runId").GetString()!;
            await first.KillAsync();
        }

        using var second = await ServeProcess.StartAsync(store);
        using var after = second.Client(token);
        var run = await RunEndAsync(after, runId);

        run.GetProperty("state").GetString().ShouldBe("finished", run.ToString());
        (await BodyAsync(await after.GetAsync($"/v1/runs/{runId}/report", Token))).GetProperty("runId").GetString().ShouldBe(runId);
        (await after.GetAsync($"/v1/artifacts/{run.GetProperty("soup").GetProperty("digest").GetString()}/content", Token)).IsSuccessStatusCode.ShouldBeTrue();
        (await second.StopAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(25)]
    public async Task An_event_that_was_accepted_comes_to_its_end_although_the_process_is_killed_after_milliseconds(int milliseconds)
    {
        var store = _folder.File("store");
        var token = await ServeProcess.KeyAsync(store, AccessRoles.Operator);
        var network = Network(milliseconds).Save(_folder.File("net.safetensors"));
        string eventKey, waiting;
        using (var first = await ServeProcess.StartAsync(store))
        {
            using var client = first.Client(token);
            var checkpoint = await Scripts.UploadAsync(client, network);
            waiting = (await BodyAsync(await PublishAsync(client, Event("waits", new { model = "digits", upload = await Scripts.OpenUploadAsync(client, seed: 7) })))).GetProperty("eventKey").GetString()!;
            var answer = await PublishAsync(client, Event("1", new { model = "digits", checkpoint }));
            ((int)answer.StatusCode).ShouldBe(202);
            eventKey = (await BodyAsync(answer)).GetProperty("eventKey").GetString()!;
            await Task.Delay(milliseconds, Token);
            await first.KillAsync();
        }

        using var second = await ServeProcess.StartAsync(store);
        using var after = second.Client(token);

        (await EndAsync(after, eventKey)).GetProperty("state").GetString().ShouldBe(EventStates.Unmatched);
        (await BodyAsync(await after.GetAsync($"/v1/events/{waiting}", Token))).GetProperty("state").GetString().ShouldBe(EventStates.Accepted);
        await Scripts.SendUploadAsync(after, seed: 7);
        (await EndAsync(after, waiting)).GetProperty("state").GetString().ShouldBe(EventStates.Unmatched);
    }

    private static async Task<JsonElement> RunEndAsync(HttpClient client, string runId)
    {
        while (true)
        {
            var run = await BodyAsync(await client.GetAsync($"/v1/runs/{runId}", Token));
            if (run.GetProperty("state").GetString() != "unfinished")
                return run;
            await Task.Delay(200, Token);
        }
    }
}
