using System.Text.Json;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Serve;

/// <summary>The callback for trainings in PyTorch, with the PyTorch that Debian has.</summary>
public sealed class CallbackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_training_in_PyTorch_publishes_its_network_bit_by_bit_once_per_end_and_from_one_process_only()
    {
        Assert.SkipUnless((await Scripts.RunAsync("/usr/bin/python3", ["-c", "import torch"], new Dictionary<string, string>())).Code == 0, "python3-torch is not installed: apt-get install python3-torch.");
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        await File.WriteAllTextAsync(_folder.File("key"), client.DefaultRequestHeaders.Authorization!.Parameter, Token);
        var (shipped, driver) = (
            Path.Combine(RepositoryFolder.Path, "examples", "publish", "sparsepipeline_publish.py"),
            Path.Combine(RepositoryFolder.Path, "tests", "Gateway.Tests", "Serve", "publish_from_training.py"));

        var (code, output, error) = await Scripts.RunAsync(
            "/usr/bin/python3", ["-B", driver, shipped, gateway.Address.ToString(), _folder.File("key"), _folder.File("publish.safetensors")], new Dictionary<string, string>());

        code.ShouldBe(0, error);
        var events = (await BodyAsync(await client.GetAsync("/v1/events", Token))).GetProperty("items").EnumerateArray().ToList();
        events.Select(e => e.GetProperty("id").GetString()).ShouldBe(["step-9", "step-7"]);
        events[0].GetProperty("data").GetProperty("metrics").GetProperty("accuracy").GetDouble().ShouldBe(0.5);
        var ended = await EndAsync(client, events[0].GetProperty("eventKey").GetString()!);
        ended.GetProperty("state").GetString().ShouldBe(EventStates.Unmatched, "its checkpoint was read whole and found sound");
        using var found = StateDict.Open(await gateway.Artifacts.FetchAsync(ended.GetProperty("checkpoint").Deserialize<ArtifactRef>(ContractJson.Options)!, Token));
        var expected = JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(output)!;
        found.Tensors.Select(t => t.Name).Order(StringComparer.Ordinal).ShouldBe(expected.Keys.Order(StringComparer.Ordinal));
        found.Tensors.Select(t => t.Type).Distinct().Count().ShouldBe(4, "float32, bfloat16, int64 and bool");
        foreach (var tensor in found.Tensors)
        {
            tensor.Shape.ToArray().ShouldBe(expected[tensor.Name][0].Deserialize<long[]>()!);
            Convert.ToHexStringLower(found.Bytes(tensor.Name, 0, (int)tensor.ByteLength)).ShouldBe(expected[tensor.Name][1].GetString());
        }
    }
}
