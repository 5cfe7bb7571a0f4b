using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Serve;

/// <summary>Two replicas on one store, of which one is killed in the middle of what it was asked, again and again. Whoever asked repeats it at the other, as clients do.</summary>
internal sealed class KilledReplicas(string store, string token, Random random) : IAsyncDisposable
{
    // Long enough for an upload, a receipt and the first moves of an event; most kills hit one of them.
    private const int MostMilliseconds = 60;
    private readonly ServeProcess[] _replicas = new ServeProcess[2];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Keys of the events that were taken in.</summary>
    public List<string> Accepted { get; } = [];

    /// <summary>Requests that lost their answer to a kill.</summary>
    public int CutOff { get; private set; }

    /// <summary>A client of a replica that lives.</summary>
    public HttpClient Client() => _replicas[0].Client(token);

    public async Task StartAsync()
    {
        for (var i = 0; i < _replicas.Length; i++)
            _replicas[i] = await ServeProcess.StartAsync(store);
    }

    /// <summary>Publishes a network of its own and kills the replica that is asked at a moment nobody chose.</summary>
    public async Task PublishAndKillAsync(int number, TemporaryFolder folder)
    {
        var victim = random.Next(_replicas.Length);
        var file = await File.ReadAllBytesAsync(Network(seed: 1000 + (10 * number)).Save(folder.File("net.safetensors")), Token);
        // A third is killed about the upload, the others about the receipt of the event and what follows from it.
        if (random.Next(3) > 0)
            await UploadAsync(_replicas[1 - victim], file);
        var asked = TryPublishAsync(_replicas[victim], file, number);
        // Half of them are killed about what follows from the answer, and not before it.
        if (random.Next(2) == 0)
            await asked;
        await Task.Delay(random.Next(MostMilliseconds), Token);
        await _replicas[victim].KillAsync();
        var answered = await asked;
        CutOff += answered is null ? 1 : 0;
        Accepted.Add(answered ?? await PublishAsync(_replicas[1 - victim], file, number));
        _replicas[victim].Dispose();
        _replicas[victim] = await ServeProcess.StartAsync(store);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
            replica?.Dispose();
        return ValueTask.CompletedTask;
    }

    // Null when the connection was lost.
    private async Task<string?> TryPublishAsync(ServeProcess replica, byte[] file, int number)
    {
        try
        {
            return await PublishAsync(replica, file, number);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private async Task<string> PublishAsync(ServeProcess replica, byte[] file, int number)
    {
        var checkpoint = await UploadAsync(replica, file);
        using var client = replica.Client(token);
        using var answer = await TestGateway.PublishAsync(client, Event($"kill-{number}", new { model = "digits", checkpoint, recipe = "cut" }, "/kills"));
        return (await ReadAsync(answer)).GetProperty("eventKey").GetString()!;
    }

    private async Task<ArtifactRef> UploadAsync(ServeProcess replica, byte[] file)
    {
        using var client = replica.Client(token);
        var artifact = new ArtifactRef(Convert.ToHexStringLower(SHA256.HashData(file)), file.Length, ArtifactFormats.Safetensors);
        using var opened = await client.PostAsync("/v1/uploads", Json(new { sha256 = artifact.Digest, artifact.SizeBytes, artifact.Format }), Token);
        if ((await ReadAsync(opened)).TryGetProperty("url", out var address))
        {
            using var nobody = new HttpClient();
            using var sent = await nobody.PutAsync(address.GetString(), new ByteArrayContent(file), Token);
            sent.IsSuccessStatusCode.ShouldBeTrue(await sent.Content.ReadAsStringAsync(Token));
        }
        return artifact;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Token));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }
}
