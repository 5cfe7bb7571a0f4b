using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Hooks;
using SparsePipeline.Gateway.Outbox;
using SparsePipeline.Gateway.Webhooks;
using SparsePipeline.Gateway.Webhooks.Sending;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.TestKit;

namespace SparsePipeline.Gateway.Tests.Webhooks;

/// <summary>Deliveries whose documents others change, or whose process dies, at the worst moment. No process sends them by itself.</summary>
public sealed class DeliveryProgressTests : IDisposable
{
    private static readonly (string, string)[] Local = [("Webhooks:AllowedHosts", "localhost"), ("Webhooks:RetrySeconds", "0.05")];
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();
    private readonly StoreFolder _storeFolder;
    private readonly FileObjectStore _objects;

    public DeliveryProgressTests()
    {
        _storeFolder = new StoreFolder(Options.Create(new StoreOptions { Folder = _folder.Path }));
        _objects = new FileObjectStore(_storeFolder);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _objects.Dispose();
        _storeFolder.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_retry_while_a_try_is_under_way_is_one_more_try()
    {
        await using var gateway = await TestGateway.StartAsync(Local);
        using var receiver = new Receiver((before, _) =>
        {
            if (before == 0)
                RetryAsync(_objects).GetAwaiter().GetResult();
            return 204;
        });
        var id = await MakeAsync(gateway, receiver.Url);
        var progress = Progress(gateway, _objects);

        (await progress.AdvanceAsync("alerts", id, Token)).ShouldNotBeNull("it has not come to its end");
        (await MarksAsync()).ShouldBe([id]);
        (await progress.AdvanceAsync("alerts", id, Token)).ShouldBeNull();

        (await receiver.ReceivedAsync(2)).Count.ShouldBe(2);
        (await DeliveryAsync()).State.ShouldBe(Delivery.Delivered);
        (await MarksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_retry_at_the_moment_when_the_mark_of_a_failed_delivery_is_taken_away_is_made()
    {
        await using var gateway = await TestGateway.StartAsync(Local);
        var id = await MakeAsync(gateway, "http://localhost:1/");
        await WriteAsync(Delivery.Failed);
        var store = new DisturbedStore(_objects, (key, content) => content.IsEmpty && key == DeliveryPaths.Mark("alerts", id) ? RetryAsync(_objects) : Task.CompletedTask);

        (await Progress(gateway, store).AdvanceAsync("alerts", id, Token)).ShouldNotBeNull();

        (await DeliveryAsync()).State.ShouldBe(Delivery.Waiting);
        (await MarksAsync()).ShouldBe([id]);
    }

    [Fact]
    public async Task A_retry_whose_mark_is_taken_away_before_it_is_written_is_made()
    {
        await using var gateway = await TestGateway.StartAsync(Local);
        var id = await MakeAsync(gateway, "http://localhost:1/");
        await WriteAsync(Delivery.Failed);
        var progress = Progress(gateway, _objects);
        var store = new DisturbedStore(_objects, (key, _) => key == DeliveryPaths.Delivery("alerts", id) ? progress.AdvanceAsync("alerts", id, Token) : Task.CompletedTask);

        await RetryAsync(store);

        (await DeliveryAsync()).State.ShouldBe(Delivery.Waiting);
        (await MarksAsync()).ShouldBe([id]);
    }

    [Fact]
    public async Task A_crash_before_a_delivery_is_written_down_as_failed_loses_neither_the_disabling_nor_its_event()
    {
        await using var gateway = await TestGateway.StartAsync(Local);
        using var receiver = new Receiver((_, _) => 410);
        var id = await MakeAsync(gateway, receiver.Url);
        var store = new DisturbedStore(_objects, (_, content) => Encoding.UTF8.GetString(content.Span).Contains("\"failed\"", StringComparison.Ordinal)
            ? throw new IOException("The process died.")
            : Task.CompletedTask);

        await Should.ThrowAsync<IOException>(() => Progress(gateway, store).AdvanceAsync("alerts", id, Token));

        (await Webhooks(_objects).ReadAsync("alerts", Token))!.Value.Document.DisabledBecause.ShouldBe("The receiver answered 410.");
        var outbox = new OutboxStore(_objects, TimeProvider.System);
        var told = await outbox.PendingAsync(Token).SingleAsync(Token);
        (await outbox.FindAsync(told, Token))!.Type.ShouldBe(EventTypes.WebhookDisabled);
        (await MarksAsync()).ShouldBe([id], "and it goes on when the webhook is written again");
    }

    [Fact]
    public async Task Events_that_every_webhook_has_are_taken_though_the_time_is_up_before_the_others_are()
    {
        await using var gateway = await TestGateway.StartAsync(Local);
        foreach (var name in new[] { "alerts", "other" })
            await WriteWebhookAsync(name, "http://localhost:1/");
        OutgoingEvent[] events = [Event(gateway, "first"), Event(gateway, "second")];
        var store = new DisturbedStore(_objects, (key, _) => key.Contains(events[1].EventKey, StringComparison.Ordinal) ? throw new OperationCanceledException("The time is up.") : Task.CompletedTask);
        var taken = new List<string>();

        await Should.ThrowAsync<OperationCanceledException>(() =>
            new WebhookOutlet(Webhooks(store), new DeliveryStore(store, TimeProvider.System), new DeliverySignals()).TakeAsync(events, e => taken.Add(e.Id), Token));

        taken.ShouldBe(["first"]);
        (await MarksAsync()).ShouldBe([DeliveryPaths.IdOf(events[0]), DeliveryPaths.IdOf(events[0])], "one for each webhook");
    }

    private static WebhookStore Webhooks(IObjectStore store) => new(store, TimeProvider.System, NullLogger<WebhookStore>.Instance);

    private static DeliveryProgress Progress(TestGateway gateway, IObjectStore store)
    {
        var webhooks = Webhooks(store);
        var disabled = new DisabledWebhooks(
            webhooks, new OutboxStore(store, TimeProvider.System), gateway.Service<OutgoingEvents>(), new RunNews(), TimeProvider.System, NullLogger<DisabledWebhooks>.Instance);
        return new DeliveryProgress(
            webhooks, new DeliveryStore(store, TimeProvider.System), gateway.Service<WebhookPoster>(), disabled, gateway.Service<IOptions<WebhookOptions>>(), TimeProvider.System);
    }

    private static OutgoingEvent Event(TestGateway gateway, string id) =>
        gateway.Service<OutgoingEvents>().OfWebhook("alerts", EventTypes.WebhookTest, id, DateTimeOffset.UtcNow, new WebhookTest("alerts"));

    private async Task<string> MakeAsync(TestGateway gateway, string url)
    {
        await WriteWebhookAsync("alerts", url);
        var outgoing = Event(gateway, "one");
        await new DeliveryStore(_objects, TimeProvider.System).MakeAsync("alerts", outgoing, Token);
        return DeliveryPaths.IdOf(outgoing);
    }

    private Task WriteWebhookAsync(string name, string url) => Webhooks(_objects).TryWriteAsync(
        new Webhook { Name = name, Url = url, Types = ["*"], Secret = StandardSignature.NewSecret(), WrittenBy = "test", Nonce = "" }, replaced: null, Token);

    // As the route does.
    private async Task RetryAsync(IObjectStore store)
    {
        var deliveries = new DeliveryStore(store, TimeProvider.System);
        var (delivery, version) = await FindAsync();
        (await deliveries.TryReopenAsync(delivery with { State = Delivery.Waiting, NextAt = DateTimeOffset.UtcNow.AddSeconds(-1) }, version, Token)).ShouldBeTrue();
    }

    private async Task WriteAsync(string state)
    {
        var (delivery, version) = await FindAsync();
        await new DeliveryStore(_objects, TimeProvider.System).TryWriteAsync(delivery with { State = state }, version, Token);
    }

    private async Task<Delivery> DeliveryAsync() => (await FindAsync()).Delivery;

    private async Task<(Delivery Delivery, string Version)> FindAsync()
    {
        var deliveries = new DeliveryStore(_objects, TimeProvider.System);
        var id = (await deliveries.ListAsync("alerts", Token)).Single();
        return (await deliveries.FindAsync("alerts", id, Token))!.Value;
    }

    private async Task<IEnumerable<string>> MarksAsync() => (await new DeliveryStore(_objects, TimeProvider.System).DueAsync(Token)).Select(d => d.Id);
}
