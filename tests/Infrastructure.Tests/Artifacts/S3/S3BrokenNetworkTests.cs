using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

/// <summary>Connections that break in the middle.</summary>
public sealed class S3BrokenNetworkTests(ObjectStoreServer server) : BucketTests(server)
{
    private const int Half = 1_000_000;
    private const int Whole = 2 * Half;

    [Fact]
    public async Task An_upload_that_is_cut_half_way_leaves_nothing_behind()
    {
        await using var proxy = new TcpProxy(Bucket.Address.Endpoint, _ => new(RequestBytes: Half));
        var store = Open(o => (o.Endpoint, o.Retries) = (proxy.Endpoint, 1));

        await Should.ThrowAsync<StoreUnavailableException>(() => StoreAsync(store, Noise(Whole)));

        (await Bucket.KeysAsync(Token)).ShouldBeEmpty();
        Directory.GetFiles(store.Folder.Temporary.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_upload_that_is_cut_once_is_sent_again()
    {
        await using var proxy = new TcpProxy(Bucket.Address.Endpoint, i => i == 0 ? new(RequestBytes: Half) : new());
        var store = Open(o => o.Endpoint = proxy.Endpoint);

        var artifact = await StoreAsync(store, Noise(Whole));

        (await File.ReadAllBytesAsync(await Open().Artifacts.FetchAsync(artifact, Token), Token)).ShouldBe(Noise(Whole));
    }

    [Fact]
    public async Task A_download_that_is_cut_once_is_begun_again()
    {
        var artifact = await StoreAsync(Open(), Noise(Whole));
        await using var proxy = new TcpProxy(Bucket.Address.Endpoint, i => i == 0 ? new(AnswerBytes: Half) : new());
        var store = Open(o => o.Endpoint = proxy.Endpoint);

        (await File.ReadAllBytesAsync(await store.Artifacts.FetchAsync(artifact, Token), Token)).ShouldBe(Noise(Whole));

        proxy.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task A_download_that_is_always_cut_leaves_no_half_a_copy()
    {
        var artifact = await StoreAsync(Open(), Noise(Whole));
        await using var proxy = new TcpProxy(Bucket.Address.Endpoint, _ => new(AnswerBytes: Half));
        var store = Open(o => (o.Endpoint, o.Retries) = (proxy.Endpoint, 1));

        await Should.ThrowAsync<StoreUnavailableException>(() => store.Artifacts.FetchAsync(artifact, Token));

        Directory.EnumerateFiles(store.Folder.Root, "*", SearchOption.AllDirectories).ShouldAllBe(f => f.EndsWith(".lock"));
    }

    [Fact]
    public async Task A_document_that_was_created_although_the_answer_was_lost_counts_as_created()
    {
        await using var proxy = new TcpProxy(Bucket.Address.Endpoint, i => i == 0 ? new(AnswerBytes: 0) : new());
        var store = Open(o => o.Endpoint = proxy.Endpoint);

        (await store.Objects.TryCreateAsync("a.json", TemporaryStore.Bytes("mine"), Token)).ShouldBeTrue();
        (await store.Objects.TryCreateAsync("a.json", TemporaryStore.Bytes("mine"), Token)).ShouldBeFalse();

        proxy.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task A_document_that_was_replaced_although_the_answer_was_lost_counts_as_replaced()
    {
        var direct = Open().Objects;
        await direct.WriteAsync("a.json", TemporaryStore.Bytes("old"), Token);
        var version = (await direct.ReadAsync("a.json", Token))!.Version;
        await using var proxy = new TcpProxy(Bucket.Address.Endpoint, i => i == 0 ? new(AnswerBytes: 0) : new());

        var replaced = await Open(o => o.Endpoint = proxy.Endpoint).Objects.TryReplaceAsync("a.json", TemporaryStore.Bytes("new"), version, Token);

        replaced.ShouldBe((await direct.ReadAsync("a.json", Token))!.Version);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_and_named()
    {
        await using var proxy = new TcpProxy(Bucket.Address.Endpoint, _ => new()) { IsMute = true };
        var store = Open(o => (o.Endpoint, o.Retries, o.TimeoutSeconds) = (proxy.Endpoint, 1, 1));

        var message = (await Should.ThrowAsync<StoreUnavailableException>(() => store.Objects.ReadAsync("a.json", Token))).Message;

        message.ShouldContain("reading a.json: no byte moved for 1 s (S3:TimeoutSeconds)");
        message.ShouldContain(proxy.Endpoint);
    }

    [Fact]
    public async Task An_upload_that_is_cancelled_leaves_nothing_behind()
    {
        await using var proxy = new TcpProxy(Bucket.Address.Endpoint, _ => new()) { IsMute = true };
        var store = Open(o => o.Endpoint = proxy.Endpoint);
        using var cancelled = new CancellationTokenSource();
        var storing = store.Artifacts.StoreAsync(store.NewFile(Noise(Whole)), "mask", cancelled.Token);
        while (proxy.Connections == 0)
            await Task.Delay(10, Token);

        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => storing);
        (await Bucket.KeysAsync(Token)).ShouldBeEmpty();
        Directory.GetFiles(store.Folder.Temporary.Folder).ShouldBeEmpty();
    }
}
