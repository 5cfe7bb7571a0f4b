using System.Net;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Serve;

/// <summary>What a run would be refused for is told when it is submitted, as <c>sparsepipe run</c> does.</summary>
[Trait("Category", "EndToEnd")]
public sealed class RehearsalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_checkpoint_that_the_model_does_not_take_starts_no_run_over_HTTP_nor_by_an_event()
    {
        var store = _folder.File("store");
        var token = await ServeProcess.KeyAsync(store, AccessRoles.Operator);
        using var served = await ServeProcess.StartAsync(store);
        using var client = served.Client(token);
        (await StoreRecipeAsync(client, "small", TestGateway.Recipe)).IsSuccessStatusCode.ShouldBeTrue();
        var other = new StateDictBuilder().Random("layers.0.weight", [8, 64], 1).Random("layers.0.bias", [8], 2).Random("layers.1.weight", [10, 8], 3).Random("layers.1.bias", [10], 4);
        var checkpoint = await Scripts.UploadAsync(client, other.Save(_folder.File("other.safetensors")));
        var recipe = TestGateway.Recipe.Replace("epochs: 0", $"epochs: 0, checkpoint: {checkpoint}", StringComparison.Ordinal);

        foreach (var path in new[] { "/v1/runs/plan", "/v1/runs?dryRun=true", "/v1/runs" })
        {
            var answer = await client.PostAsync(path, new StringContent(recipe, Encoding.UTF8, "application/yaml"), Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, path);
            (await CodesAsync(answer)).ShouldNotBeEmpty();
        }
        var published = await BodyAsync(await PublishAsync(client, Event("1", new { model = "digits", checkpoint, recipe = "small" })));
        var ended = await EndAsync(client, published.GetProperty("eventKey").GetString()!);

        ended.GetProperty("state").GetString().ShouldBe(EventStates.Rejected, ended.ToString());
        ended.GetProperty("failure").GetProperty("reason").GetString()!.ShouldContain("layers.0");
        (await BodyAsync(await client.GetAsync("/v1/runs", Token))).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await served.StopAsync()).ShouldBe(0);
    }
}
