using System.Globalization;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Hooks;
using SparsePipeline.Gateway.Outbox;
using SparsePipeline.Gateway.Tests.Outbox;
using SparsePipeline.Gateway.Webhooks;
using SparsePipeline.TestKit;

namespace SparsePipeline.Gateway.Tests.Webhooks;

public sealed class DamagedDocumentTests
{
    private static readonly (string, string)[] Local = [("Webhooks:AllowedHosts", "localhost")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("event")]
    [InlineData("webhook")]
    [InlineData("delivery")]
    public async Task What_is_damaged_does_not_keep_the_others(string kind)
    {
        using var folder = TemporaryFolder.InMemory();
        using var receiver = new Receiver();
        var eventKey = new string('0', 32);
        // Older than the other, so that it is met first.
        var id = DateTimeOffset.UtcNow.AddDays(-1).ToString("yyyyMMdd'T'HHmmssfffffff", CultureInfo.InvariantCulture) + "-" + eventKey;
        var (document, mark) = kind switch
        {
            "event" => (OutboxPaths.Event(eventKey), OutboxPaths.Mark(eventKey)),
            "delivery" => (DeliveryPaths.Delivery("alerts", id), DeliveryPaths.Mark("alerts", id)),
            _ => ("webhooks/aaa.json", null),
        };
        await using (var before = await TestGateway.OnAsync(folder))
        {
            var webhook = new Webhook { Name = "alerts", Url = receiver.Url, Types = ["io.sparsepipeline.run.*"], Secret = StandardSignature.NewSecret(), WrittenBy = "test", Nonce = "" };
            await before.Service<WebhookStore>().TryWriteAsync(webhook, replaced: null, Token);
            await before.Objects.WriteAsync(document, "{"u8.ToArray(), Token);
            if (mark is not null)
                await before.Objects.WriteAsync(mark, "{}"u8.ToArray(), Token);
        }
        await using var gateway = await TestGateway.OnAsync(folder, Local);
        using var client = await gateway.ClientAsync(AccessRoles.Operator);

        await OutgoingRun.SubmitAsync(client);

        JsonDocument.Parse((await receiver.ReceivedAsync(1))[0].Body).RootElement.GetProperty("type").GetString().ShouldBe(EventTypes.RunSubmitted);
        (mark is null || await gateway.Objects.ReadAsync(mark, Token) is not null).ShouldBeTrue("it is read again when somebody has mended it");
    }

    [Fact]
    public async Task A_gateway_that_gets_nowhere_lets_another_collect_and_tell()
    {
        using var folder = TemporaryFolder.InMemory();
        await using (var before = await TestGateway.OnAsync(folder))
            await before.Objects.WriteAsync(OutboxPaths.Days, "{"u8.ToArray(), Token);
        await using var gateway = await TestGateway.OnAsync(folder);

        string? owner;
        do
            owner = await gateway.Objects.ReadAsync(OutboxPaths.Lease, Token) is { } lease && JsonDocument.Parse(lease.Content).RootElement.TryGetProperty("owner", out var said) ? said.GetString() : null;
        while (owner is not null);
    }
}
