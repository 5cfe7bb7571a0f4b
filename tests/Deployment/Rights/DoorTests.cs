using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Deployment.Rights;

/// <summary>The gateway can do what it must with the rights of its user alone, from the first key on.</summary>
public sealed class DoorTests(ProvisionedBroker broker, ServedStore store) : IDisposable
{
    private const string Recipe =
        """
        name: small
        model: { name: mlp, options: { hidden: [16] } }
        data: { name: digits, limit: 200 }
        pretraining: { epochs: 0 }
        sparsification: { sparsity: 0.5, cycles: 1 }
        retraining: { epochs: 1, candidates: 2, peakLearningRate: 0.05 }
        evaluation: { baselines: [] }
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "EndToEnd")]
    public async Task A_published_checkpoint_starts_a_run_that_is_cancelled_and_gone_on_with()
    {
        await broker.ReadyAsync();
        await store.ReadyAsync();
        var (door, health) = (FreePort.Next(), FreePort.Next());
        await using var gateway = new ChildProcess(Program("SparsePipeline.Gateway"), [$"--Gateway:HttpPort={door}", $"--Hosting:HttpPort={health}"], EnvironmentOf("gateway"));
        var key = await ShellScript.RunAsync(Program("SparsePipeline.Cli"), ["keys", "create", "--role", "operator", "--json"], EnvironmentOf("operator"));
        key.ExitCode.ShouldBe(0, key.Output);
        var token = JsonDocument.Parse(key.Output[key.Output.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("token").GetString()!;
        await gateway.WaitForAsync("The gateway listens", Token);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{door}") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await StoreRecipeAsync(client);

        var runId = await PublishAsync(client, token);
        (await client.PostAsync($"/v1/runs/{runId}/cancel", content: null, Token)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await FailFirstStepAsync(client, runId);
        (await client.PostAsync($"/v1/runs/{runId}/resume", content: null, Token)).StatusCode.ShouldBe(HttpStatusCode.Accepted, gateway.Output);

        (await client.GetFromJsonAsync<JsonElement>($"/v1/runs/{runId}/steps", Token)).EnumerateArray().ShouldAllBe(step => step.GetProperty("state").GetString() != "failed");
        using var probe = new HttpClient();
        var ready = await probe.GetAsync(new Uri($"http://127.0.0.1:{health}/health/ready"), Token);
        ready.StatusCode.ShouldBe(HttpStatusCode.OK, await ready.Content.ReadAsStringAsync(Token));
        gateway.Output.ShouldNotContain("ACCESS_REFUSED");
        gateway.Output.ShouldNotContain("AccessDenied");
    }

    private static string Program(string name) => Path.Combine(AppContext.BaseDirectory, name);

    private static async Task StoreRecipeAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/recipes/small") { Content = new StringContent(Recipe, Encoding.UTF8, "application/yaml") };
        request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        (await client.SendAsync(request, Token)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    // As somebody without .NET would, who is then told which run it was.
    private async Task<string> PublishAsync(HttpClient client, string token)
    {
        var (file, keyFile) = (_folder.File("net.safetensors"), _folder.File("key"));
        new StateDictBuilder().Random("layers.0.weight", [16, 64], 1).Random("layers.0.bias", [16], 2).Random("layers.1.weight", [10, 16], 3).Random("layers.1.bias", [10], 4).Save(file);
        await File.WriteAllTextAsync(keyFile, token, Token);
        var published = await ShellScript.RunAsync(
            "/usr/bin/python3", ["-B", Repository.File("examples/publish/sparsepipeline_publish.py"), client.BaseAddress!.ToString(), keyFile, file, "digits", "small"]);
        published.ExitCode.ShouldBe(0, published.Output);
        while (true)
        {
            var found = await client.GetFromJsonAsync<JsonElement>($"/v1/events/{published.Output.Split(' ')[0]}", Token);
            if (EventStates.IsFinal(found.GetProperty("state").GetString()!))
                return found.GetProperty("outcomes")[0].GetProperty("runId").GetString()!;
            await Task.Delay(50, Token);
        }
    }

    // For a reason that may be mended, so that to go on means to forget it.
    private async Task FailFirstStepAsync(HttpClient client, string runId)
    {
        var step = (await client.GetFromJsonAsync<JsonElement>($"/v1/runs/{runId}/steps", Token)).EnumerateArray().First(s => s.TryGetProperty("key", out _));
        var (key, kind) = (step.GetProperty("key").GetString()!, step.GetProperty("kind").GetString()!);
        var failed = new StepResult { Key = key, Kind = kind, Failure = new StepFailure(FailureCodes.RunnerCrashed, "It crashed.", "Try again."), CompletedAt = DateTimeOffset.UnixEpoch, Seconds = 1, Worker = "w" };
        using var worker = store.ClientOf("trainer");
        foreach (var (name, content) in new[] { ("result", JsonSerializer.SerializeToUtf8Bytes(failed, ContractJson.Options)), ("claim", "{\"attempts\": 1}"u8.ToArray()) })
            (await worker.IsAllowedAsync(HttpMethod.Put, $"{ServedStore.Bucket}/steps/{key}/{name}.json", content: content)).ShouldBeTrue(name);
    }

    private Dictionary<string, string> EnvironmentOf(string user) => broker.SettingsOf(user).Concat(store.SettingsOf(user)).Append(new("Store:Folder", _folder.File(user)))
        .ToDictionary(s => "SPARSEPIPELINE_" + s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value, StringComparer.Ordinal);
}
