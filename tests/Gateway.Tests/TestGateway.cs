using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Access;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Standalone;
using SparsePipeline.TestKit;

namespace SparsePipeline.Gateway.Tests;

/// <summary>A real gateway on a free port, on a folder store and a bus without workers: runs are submitted and nobody computes them.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public const string EventType = EventTypes.CheckpointPublished;

    /// <summary>A recipe that starts from whatever checkpoint an event brings.</summary>
    public const string Recipe =
        """
        name: small
        model: { name: mlp, options: { hidden: [16] } }
        data: { name: digits, limit: 200 }
        pretraining: { epochs: 0 }
        sparsification: { sparsity: 0.5, cycles: 1 }
        retraining: { epochs: 1, candidates: 2, peakLearningRate: 0.05 }
        evaluation: { baselines: [] }
        """;

    private readonly IHost _host;
    private readonly TemporaryFolder? _own;

    private TestGateway(IHost host, TemporaryFolder? own) => (_host, _own) = (host, own);

    public Uri Address => _host.Services.GetRequiredService<GatewayServer>().Address!;

    public IObjectStore Objects => _host.Services.GetRequiredService<IObjectStore>();

    public IArtifactStore Artifacts => _host.Services.GetRequiredService<IArtifactStore>();

    public IRunStore Runs => _host.Services.GetRequiredService<IRunStore>();

    public IStepStore Steps => _host.Services.GetRequiredService<IStepStore>();

    public AccessKeys Keys => _host.Services.GetRequiredService<AccessKeys>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TestGateway> StartAsync(params (string Key, string Value)[] settings)
    {
        var own = TemporaryFolder.InMemory();
        return new TestGateway(await StartAsync(own.Path, settings), own);
    }

    /// <summary>Another replica on the same store.</summary>
    public static async Task<TestGateway> BesideAsync(TestGateway other, params (string Key, string Value)[] settings) =>
        new(await StartAsync(other._own!.Path, settings), own: null);

    /// <summary>A gateway on a folder that outlives it.</summary>
    public static async Task<TestGateway> OnAsync(TemporaryFolder folder, params (string Key, string Value)[] settings) => new(await StartAsync(folder.Path, settings), own: null);

    /// <summary>A service of the process.</summary>
    public T Service<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>A client with a key of a role.</summary>
    public async Task<HttpClient> ClientAsync(string role, params string[] models)
    {
        var ofFederation = role == AccessRoles.Client ? "federation" : null;
        var (_, token) = await Keys.CreateAsync(new NewKey(role, models.Length == 0 ? null : models) { Federation = ofFederation, ClientId = ofFederation }, Token);
        return Client(token);
    }

    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Puts a checkpoint into the store, past the gateway.</summary>
    public async Task<ArtifactRef> StoreCheckpointAsync(int seed = 1)
    {
        var path = Artifacts.CreateTemporaryPath();
        Network(seed).Save(path);
        return await Artifacts.StoreAsync(path, ArtifactFormats.Safetensors, Token);
    }

    /// <summary>A network that the recipe's model takes.</summary>
    public static StateDictBuilder Network(int seed) => new StateDictBuilder()
        .Random("layers.0.weight", [16, 64], seed).Random("layers.0.bias", [16], seed + 1).Random("layers.1.weight", [10, 16], seed + 2).Random("layers.1.bias", [10], seed + 3);

    public static object Event(string id, object data, string source = "/trainings/digits") => new { specversion = "1.0", type = EventType, source, id, data };

    public static Task<HttpResponseMessage> PublishAsync(HttpClient client, object cloudEvent, string type = "application/cloudevents+json") =>
        client.PostAsync("/v1/events", Json(cloudEvent, type), Token);

    public static Task<HttpResponseMessage> StoreRecipeAsync(HttpClient client, string name, string text)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/recipes/{name}") { Content = new StringContent(text, Encoding.UTF8, "application/yaml") };
        request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        return client.SendAsync(request, Token);
    }

    public static HttpContent Json(object body, string type = "application/json") => JsonContent.Create(body, new MediaTypeHeaderValue(type), ContractJson.Options);

    /// <summary>A request that has its effect once; a key of its own when none is given.</summary>
    public static Task<HttpResponseMessage> PostOnceAsync(HttpClient client, string path, object? body = null) => PostAsync(client, path, body, Guid.NewGuid().ToString("N"));

    /// <summary>The same with a key that was used before, or none.</summary>
    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, object? body, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : Json(body) };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return client.SendAsync(request, Token);
    }

    /// <summary>An event as it is stored.</summary>
    public async Task<PublishedEvent> EventAsync(string eventKey) => (await Objects.ReadAsync<PublishedEvent>($"events/{eventKey}.json", Token))!;

    /// <summary>Waits until an event has come to its end.</summary>
    public static async Task<JsonElement> EndAsync(HttpClient client, string eventKey)
    {
        while (true)
        {
            var found = await client.GetFromJsonAsync<JsonElement>($"/v1/events/{eventKey}", Token);
            if (EventStates.IsFinal(found.GetProperty("state").GetString()!))
                return found;
            await Task.Delay(20, Token);
        }
    }

    public static async Task<JsonElement> BodyAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>(Token);

    /// <summary>The codes of the errors in an answer, which has to be a problem document of the right form.</summary>
    public static async Task<string[]> CodesAsync(HttpResponseMessage answer)
    {
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await BodyAsync(answer);
        var errors = problem.GetProperty("errors").EnumerateArray().ToList();
        problem.GetProperty("status").GetInt32().ShouldBe((int)answer.StatusCode);
        problem.GetProperty("type").GetString().ShouldBe($"urn:sparsepipeline:problem:{errors[0].GetProperty("code").GetString()}");
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
        foreach (var error in errors)
            (error.GetProperty("reason").GetString()!.Length > 0 && error.GetProperty("remedy").GetString()!.Length > 0).ShouldBeTrue();
        return [.. errors.Select(e => e.GetProperty("code").GetString()!)];
    }

    public async ValueTask DisposeAsync()
    {
        await _host.EndAsync();
        _own?.Dispose();
    }

    private static async Task<IHost> StartAsync(string folder, (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).AddSparsePipelineDefaults("gateway");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Store:Folder"] = folder,
            ["Gateway:HttpPort"] = "0",
            ["Gateway:SweepSeconds"] = "1",
            ["Gateway:OperatorRate"] = "10000",
            ["Gateway:PublisherRate"] = "10000",
            ["Gateway:ViewerRate"] = "10000",
            ["Gateway:TotalRate"] = "100000",
            ["Serilog:MinimumLevel:Default"] = "Error",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)));
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>().AddGateway(builder.Configuration).AddBus(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync(Token);
        return host;
    }
}
