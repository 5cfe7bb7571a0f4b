using SparsePipeline.Contracts;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.Client.GatewayClientTests;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Client;

/// <summary>Files that the package for .NET programs sends to a real gateway and fetches from it.</summary>
public sealed class TransferTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Answers_that_were_lost_are_asked_for_again_and_nothing_happens_twice()
    {
        await using var gateway = await StartAsync();
        using var line = TamperingHandler.LosingFirstAnswers();
        using var client = await OpenAsync(gateway, AccessRoles.Publisher, line);
        var file = Network(1).Save(_folder.File("net.safetensors"));
        var sent = new List<long>();

        var artifact = await client.Uploads.SendAsync(file, ArtifactFormats.Safetensors, new Immediate<long>(sent.Add), Token);
        var first = await client.Events.PublishAsync(News(artifact), Token);
        var second = await client.Events.PublishAsync(News(artifact), Token);

        second.EventKey.ShouldBe(first.EventKey);
        (await client.Events.ListAsync(cancellationToken: Token).ToListAsync(Token)).Count.ShouldBe(1);
        sent[^1].ShouldBe(new FileInfo(file).Length);
        line.Sent.Count(s => s.Path == "/v1/events" && s.Method == HttpMethod.Post).ShouldBe(3, "the first of two was sent twice");
        line.Sent.Where(s => s.Method == HttpMethod.Put).ShouldAllBe(s => !s.WithKey);
        line.Sent.Where(s => s.Method == HttpMethod.Post).ShouldAllBe(s => s.WithKey);
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_sent()
    {
        await using var gateway = await StartAsync();
        using var line = new TamperingHandler((_, answer) => answer);
        using var client = await OpenAsync(gateway, AccessRoles.Publisher, line);
        var file = Network(1).Save(_folder.File("net.safetensors"));

        var first = await client.Uploads.SendAsync(file, ArtifactFormats.Safetensors, cancellationToken: Token);
        var second = await client.Uploads.SendAsync(file, ArtifactFormats.Safetensors, cancellationToken: Token);

        second.ShouldBe(first);
        line.Sent.Count(s => s.Method == HttpMethod.Put).ShouldBe(1);
    }

    [Fact]
    public async Task A_download_goes_on_where_it_was_cut_off_and_is_compared_with_its_digest()
    {
        await using var gateway = await StartAsync();
        var artifact = await gateway.StoreCheckpointAsync();
        var (cuts, ranges) = (0, new List<long?>());
        using var line = new TamperingHandler((request, answer) =>
        {
            ranges.Add(request.Headers.Range?.Ranges.Single().From);
            if (cuts++ < 2)
                answer.Content = new CutContent(answer.Content.ReadAsByteArrayAsync(Token).GetAwaiter().GetResult()[..100]);
            return answer;
        });
        using var client = await OpenAsync(gateway, AccessRoles.Viewer, line);

        await client.Artifacts.FetchAsync(artifact, _folder.File("there.safetensors"), cancellationToken: Token);

        ranges.ShouldBe([null, 100, 200]);
        File.ReadAllBytes(_folder.File("there.safetensors")).ShouldBe(File.ReadAllBytes(Network(1).Save(_folder.File("net.safetensors"))));
        Directory.GetFiles(_folder.Path, "*.partial").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_download_that_is_something_else_leaves_nothing_behind()
    {
        await using var gateway = await StartAsync();
        var artifact = await gateway.StoreCheckpointAsync();
        using var line = new TamperingHandler((_, answer) =>
        {
            answer.Content = new ByteArrayContent(new byte[artifact.SizeBytes]);
            return answer;
        });
        using var client = await OpenAsync(gateway, AccessRoles.Viewer, line);

        (await Should.ThrowAsync<IOException>(() => client.Artifacts.FetchAsync(artifact, _folder.File("net.safetensors"), cancellationToken: Token))).Message.ShouldContain("is something else");

        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    // Progress<T> tells later, on another thread.
    private sealed class Immediate<T>(Action<T> act) : IProgress<T>
    {
        public void Report(T value) => act(value);
    }
}
