using System.Net;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Outbox;
using SparsePipeline.Gateway.Streams;
using SparsePipeline.Gateway.Tests.Outbox;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Streams;

public sealed class StreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_come_as_they_happen_and_a_reader_who_comes_back_gets_what_it_missed()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        using var viewer = await gateway.ClientAsync(AccessRoles.Viewer);
        string runId, lastId;
        await using (var stream = await OpenAsync(viewer, "types=io.sparsepipeline.run.*"))
        {
            (await stream.NextAsync()).EventType.ShouldBe("reset");
            (runId, _) = await OutgoingRun.SubmitAsync(client);
            var submitted = await stream.NextAsync();
            (submitted.EventType, JsonDocument.Parse(submitted.Data).RootElement.GetProperty("runid").GetString()).ShouldBe((EventTypes.RunSubmitted, runId));
            lastId = submitted.EventId!;
        }
        await OutgoingRun.EndAsync(gateway.Runs, runId);
        await OutgoingRun.EventsAsync(gateway, 2);

        await using var again = await OpenAsync(viewer, $"runs={runId}", lastId);
        (await again.NextAsync()).EventType.ShouldBe(EventTypes.RunFinished);
        await using var elsewhere = await OpenAsync(viewer, $"runs={runId}", "0123456789ab-7");

        (await elsewhere.NextAsync()).EventType.ShouldBe("reset", "no gateway knows that id any more");
    }

    [Fact]
    public async Task A_stream_of_another_gateway_has_the_same_events()
    {
        await using var first = await StartAsync();
        await using var second = await BesideAsync(first);
        using var client = await first.ClientAsync(AccessRoles.Operator);
        using var one = await first.ClientAsync(AccessRoles.Viewer);
        using var other = await second.ClientAsync(AccessRoles.Viewer);
        await using var here = await OpenAsync(one, "");
        await using var there = await OpenAsync(other, "");
        await here.NextAsync();
        await there.NextAsync();

        await OutgoingRun.SubmitAsync(client);

        (await there.NextAsync()).Data.ShouldBe((await here.NextAsync()).Data);
    }

    [Fact]
    public async Task What_cannot_be_streamed_is_refused()
    {
        await using var gateway = await StartAsync(("Gateway:StreamLimit", "1"));
        using var viewer = await gateway.ClientAsync(AccessRoles.Viewer);
        using var publisher = await gateway.ClientAsync(AccessRoles.Publisher);

        (await publisher.GetAsync("/v1/stream", Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await CodesAsync(await viewer.GetAsync("/v1/stream?types=run.finished", Token))).ShouldBe(["invalid-query"]);
        (await CodesAsync(await viewer.GetAsync("/v1/stream?models=digits", Token))).ShouldBe(["invalid-query"]);
        await using (var stream = await OpenAsync(viewer, ""))
        {
            var answer = await viewer.GetAsync("/v1/stream", Token);
            (answer.StatusCode, answer.Headers.RetryAfter is not null).ShouldBe((HttpStatusCode.ServiceUnavailable, true));
            (await CodesAsync(answer)).ShouldBe(["too-many-streams"]);
        }
        while (gateway.Service<EventRing>().Count > 0)
            await Task.Delay(20, Token);
        await using var next = await OpenAsync(viewer, "");
    }

    [Fact]
    public async Task A_reader_who_does_not_read_is_cut_and_others_are_not()
    {
        await using var gateway = await StartAsync();
        var (_, token) = await gateway.Keys.CreateAsync(new SparsePipeline.Infrastructure.Access.NewKey(AccessRoles.Viewer), Token);
        using var viewer = gateway.Client(token);
        await using var good = await OpenAsync(viewer, "");
        await good.NextAsync();
        using var slow = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await slow.ConnectAsync(gateway.Address.Host, gateway.Address.Port, Token);
        await slow.SendAsync(Encoding.ASCII.GetBytes($"GET /v1/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n"), Token);
        var ring = gateway.Service<EventRing>();
        while (ring.Count < 2)
            await Task.Delay(20, Token);

        for (var number = 0; ring.Count == 2; number++)
        {
            ring.Add(Event(gateway, number, size: 100_000));
            (await good.NextAsync()).EventType.ShouldBe(EventTypes.RunFailed);
        }

        ring.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Streams_end_when_the_gateway_stops()
    {
        var gateway = await StartAsync();
        using var viewer = await gateway.ClientAsync(AccessRoles.Viewer);
        await using var stream = await OpenAsync(viewer, "");
        await stream.NextAsync();

        await gateway.DisposeAsync();

        (await stream.HasEndedAsync()).ShouldBeTrue();
    }

    [Fact]
    public void A_reader_is_told_to_begin_anew_when_what_it_missed_is_no_longer_kept()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var ring = new EventRing(time);
        string Open(string? lastId)
        {
            using var stream = new EventStream(new StreamFilter(Types: null, Runs: null));
            var first = ring.TryOpen(stream, lastId, most: 10)!;
            ring.Close(stream);
            return string.Concat(first.Select(f => Encoding.UTF8.GetString(f.Span)));
        }
        static string IdOf(string frames) => frames.Split('\n').Last(l => l.StartsWith("id: ", StringComparison.Ordinal))[4..];
        var start = IdOf(Open(lastId: null));
        var events = Enumerable.Range(0, 3).Select(i => Sample(i, size: 1, time)).ToList();

        ring.Add(events[0]);
        ring.Add(events[0]);
        time.Advance(TimeSpan.FromMinutes(6));
        ring.Add(events[1]);
        var both = Open(start);
        time.Advance(TimeSpan.FromMinutes(6));
        ring.Add(events[2]);

        both.Split("event: ").Length.ShouldBe(3, "the first came twice and is one");
        Open(start).ShouldContain("event: reset");
        Open(IdOf(both)).ShouldContain("\"reason\"");
        Open(IdOf(Open(IdOf(both)))).ShouldBeEmpty("it has seen everything");
        for (var i = 3; i < 10_010; i++)
            ring.Add(Sample(i, size: 1, time));
        Open(IdOf(both)).ShouldContain("event: reset");
    }

    private static OutgoingEvent Event(TestGateway gateway, int number, int size) => Sample(number, size, gateway.Service<TimeProvider>());

    private static OutgoingEvent Sample(int number, int size, TimeProvider time) =>
        new OutgoingEvents(Microsoft.Extensions.Options.Options.Create(new SparsePipeline.Infrastructure.Options.GatewayOptions()), time).OfRun(
            "told-0123456789ab", EventTypes.RunFailed, $"{number}", time.GetUtcNow(),
            new RunEnded { RunId = "told-0123456789ab", State = "failed", Failure = new StepFailure("failed", new string('x', size), "Wait.") });

    private static async Task<OpenStream> OpenAsync(HttpClient client, string query, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/stream?{query}");
        if (lastId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new OpenStream(answer, SseParser.Create(await answer.Content.ReadAsStreamAsync(Token)).EnumerateAsync(Token).GetAsyncEnumerator(Token));
    }

    private sealed class OpenStream(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> items) : IAsyncDisposable
    {
        public async Task<SseItem<string>> NextAsync()
        {
            (await items.MoveNextAsync()).ShouldBeTrue("the stream has ended");
            return items.Current;
        }

        public async Task<bool> HasEndedAsync()
        {
            try
            {
                return !await items.MoveNextAsync();
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                return true;
            }
        }

        public async ValueTask DisposeAsync()
        {
            answer.Dispose();
            await items.DisposeAsync().AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
