using System.Net;
using System.Net.Mime;
using System.Text.Json;
using CloudNative.CloudEvents.SystemTextJson;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Hooks;
using SparsePipeline.Gateway.Tests.Outbox;
using SparsePipeline.Gateway.Webhooks;
using SparsePipeline.Infrastructure.Steps;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Webhooks;

public sealed class WebhookTests
{
    private static readonly (string, string)[] Local = [("Webhooks:AllowedHosts", "localhost"), ("Webhooks:RetrySeconds", "0.05, 0.05")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_of_the_types_it_wants_are_sent_to_a_webhook_signed_and_each_once()
    {
        using var receiver = new Receiver();
        await using var gateway = await StartAsync(Local);
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var secret = (await BodyAsync(await PutAsync(client, receiver.Url))).GetProperty("secret").GetString()!;
        var (runId, stepKey) = await OutgoingRun.SubmitAsync(client);
        await OutgoingRun.FinishAsync(gateway, stepKey);
        await OutgoingRun.EndAsync(gateway.Runs, runId);

        var received = await receiver.ReceivedAsync(2);

        var events = await OutgoingRun.EventsAsync(gateway, 3);
        received.Select(r => r.Headers["webhook-id"]).ShouldBe(events.Where(e => e.Type.Contains(".run.", StringComparison.Ordinal)).Select(e => e.EventKey), ignoreOrder: true);
        foreach (var one in received)
        {
            StandardSignature.IsValid([secret], one.Headers["webhook-id"]!, one.Headers["webhook-timestamp"]!, one.Body, one.Headers["webhook-signature"]!, DateTimeOffset.UtcNow).ShouldBeTrue();
            new JsonEventFormatter().DecodeStructuredModeMessage(one.Body, new ContentType(one.Headers["Content-Type"]!), extensionAttributes: null)["runid"].ShouldBe(runId);
        }
        (await client.GetStringAsync("/v1/webhooks", Token)).ShouldNotContain("whsec_");
        (await client.GetStringAsync("/v1/webhooks/alerts", Token)).ShouldNotContain("whsec_");
        (await DeliveriesAsync(client, "delivered", 2)).ShouldAllBe(d => d.GetProperty("tries").GetInt32() == 1);
    }

    [Fact]
    public async Task What_was_not_taken_is_tried_again_and_redirects_are_not_followed()
    {
        using var receiver = new Receiver((before, context) =>
        {
            context.Response.Headers["Location"] = "/elsewhere";
            context.Response.Headers["Retry-After"] = "0";
            return before switch { 0 => 302, 1 => 503, _ => 200 };
        });
        await using var gateway = await StartAsync(Local);
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        await PutAsync(client, receiver.Url);
        await OutgoingRun.SubmitAsync(client);

        var delivery = (await DeliveriesAsync(client, "delivered", 1))[0];

        delivery.GetProperty("outcomes").EnumerateArray().Select(o => o.GetProperty("status").GetInt32()).ShouldBe([302, 503, 200]);
        var received = await receiver.ReceivedAsync(3);
        received.ShouldAllBe(r => r.Path == "/hook");
        received.Select(r => r.Headers["webhook-id"]).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(500, 3)]
    [InlineData(410, 1)]
    public async Task A_webhook_that_fails_too_often_or_is_gone_is_disabled_and_that_is_told_and_it_goes_on_when_it_is_written_again(int status, int tries)
    {
        var answer = status;
        using var receiver = new Receiver((_, _) => Volatile.Read(ref answer));
        using var other = new Receiver();
        await using var gateway = await StartAsync(Local);
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        await PutAsync(client, receiver.Url);
        await PutAsync(client, other.Url, name: "other", types: ["*webhook.disabled*"]);
        await OutgoingRun.SubmitAsync(client);

        var told = JsonDocument.Parse((await other.ReceivedAsync(1))[0].Body).RootElement;
        told.GetProperty("data").GetProperty("webhook").GetString().ShouldBe("alerts");
        var failed = (await DeliveriesAsync(client, "failed", 1))[0];
        (await receiver.ReceivedAsync(tries)).Count.ShouldBe(tries);
        var shown = await client.GetAsync("/v1/webhooks/alerts", Token);
        (await BodyAsync(shown)).GetProperty("disabledBecause").GetString().ShouldBe($"The receiver answered {status}.");
        var retry = $"/v1/webhooks/alerts/deliveries/{failed.GetProperty("id").GetString()}/retry";
        (await CodesAsync(await PostOnceAsync(client, retry))).ShouldBe(["webhook-disabled"]);

        Volatile.Write(ref answer, 200);
        (await PutAsync(client, receiver.Url, replaced: shown.Headers.ETag!.ToString())).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PostOnceAsync(client, retry)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await DeliveriesAsync(client, "delivered", 1);
    }

    [Fact]
    public async Task A_test_is_sent_once_and_answers_what_came_of_it()
    {
        using var receiver = new Receiver((_, _) => 500);
        await using var gateway = await StartAsync(Local);
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        await PutAsync(client, receiver.Url);

        var outcome = await BodyAsync(await PostOnceAsync(client, "/v1/webhooks/alerts/test"));

        (outcome.GetProperty("status").GetInt32(), outcome.GetProperty("error").GetString()).ShouldBe((500, "The receiver answered 500."));
        JsonDocument.Parse((await receiver.ReceivedAsync(1))[0].Body).RootElement.GetProperty("type").GetString().ShouldBe(EventTypes.WebhookTest);
        (await DeliveriesAsync(client, "waiting", 0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_gateways_deliver_every_event_once_and_a_try_that_a_crash_cut_off_is_made_again()
    {
        const int Runs = 10;
        using var receiver = new Receiver();
        await using var first = await StartAsync(Local);
        await using var second = await BesideAsync(first, Local);
        using var client = await second.ClientAsync(AccessRoles.Operator);
        await PutAsync(client, receiver.Url);
        for (var i = 0; i < Runs; i++)
            await OutgoingRun.SubmitAsync(client, seed: i);
        var delivered = await DeliveriesAsync(client, "delivered", Runs);
        (await receiver.ReceivedAsync(Runs)).Select(r => r.Headers["webhook-id"]).Distinct().Count().ShouldBe(Runs);

        var id = delivered[0].GetProperty("id").GetString()!;
        var path = DeliveryPaths.Delivery("alerts", id);
        var cut = (await first.Objects.ReadAsync<Delivery>(path, Token))! with { State = Delivery.Waiting, NextAt = DateTimeOffset.UtcNow.AddSeconds(-1), Outcomes = [] };
        await first.Objects.WriteAsync(path, Documents.Write(cut), Token);
        await first.Objects.WriteAsync(DeliveryPaths.Mark("alerts", id), "{}"u8.ToArray(), Token);

        var received = await receiver.ReceivedAsync(Runs + 1);
        received[^1].Headers["webhook-id"].ShouldBe(cut.Event.EventKey);
        var again = (await DeliveriesAsync(client, "delivered", Runs)).Single(d => d.GetProperty("id").GetString() == id);
        again.GetProperty("tries").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_webhook_is_told_at_once_and_changes_name_what_they_replace()
    {
        await using var gateway = await StartAsync(Local);
        using var client = await gateway.ClientAsync(AccessRoles.Operator);

        var answer = await PutAsync(client, "ftp://example.com", types: ["io.example.*"], secret: "secret", extra: 1);

        (await BodyAsync(answer)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()).ShouldBe(["url", "types", "secret", "extra"]);
        (await PutAsync(client, "http://localhost:1/")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await PutAsync(client, "http://localhost:1/")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await PutAsync(client, "http://localhost:1/", replaced: "")).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        var etag = (await client.GetAsync("/v1/webhooks/alerts", Token)).Headers.ETag!;
        using var delete = new HttpRequestMessage(HttpMethod.Delete, "/v1/webhooks/alerts");
        delete.Headers.IfMatch.Add(etag);
        (await client.SendAsync(delete, Token)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetAsync("/v1/webhooks/alerts", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await BodyAsync(await PutAsync(client, "http://localhost:1/"))).TryGetProperty("secret", out _).ShouldBeTrue("the name is free again, and the secret is another");
    }

    private static Task<HttpResponseMessage> PutAsync(
        HttpClient client, string url, string name = "alerts", string[]? types = null, string? secret = null, string? replaced = null, int? extra = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/webhooks/{name}") { Content = Json(new { url, types = types ?? ["io.sparsepipeline.run.*"], secret, extra }) };
        if (replaced is null)
            request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        else if (replaced.Length > 0)
            request.Headers.TryAddWithoutValidation("If-Match", replaced);
        return client.SendAsync(request, Token);
    }

    private static async Task<IReadOnlyList<JsonElement>> DeliveriesAsync(HttpClient client, string state, int count)
    {
        while (true)
        {
            var found = (await BodyAsync(await client.GetAsync($"/v1/webhooks/alerts/deliveries?state={state}", Token))).GetProperty("items").EnumerateArray().ToList();
            if (found.Count >= count)
                return found;
            await Task.Delay(20, Token);
        }
    }
}
