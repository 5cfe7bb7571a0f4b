using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Events;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Telemetry;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Http;

/// <summary>What the gateway tells of itself. Tests beside these measure into the same process, so each looks for what is its own.</summary>
public sealed class MeasurementTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_are_counted_by_endpoint_and_never_by_path()
    {
        using var measured = new Measured();
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Viewer);
        var unusual = Guid.NewGuid().ToString("N");

        (await client.GetAsync($"/v1/runs/{unusual}", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await client.GetAsync($"/{unusual}", Token);

        measured.All.ShouldContain(("sparsepipeline.gateway.requests", 1, "route=GET /v1/runs/{runId},status=404"));
        measured.All.ShouldContain(("sparsepipeline.gateway.requests", 1, "route=none,status=404"));
        measured.All.ShouldContain(m => m.Name == "sparsepipeline.gateway.request.duration" && m.Tags == "route=GET /v1/runs/{runId}");
        measured.All.ShouldNotContain(m => m.Tags.Contains(unusual, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_are_counted_when_they_come_and_when_they_end()
    {
        using var measured = new Measured();
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var checkpoint = await gateway.StoreCheckpointAsync();

        var published = await BodyAsync(await PublishAsync(client, Event("1", new { model = "digits", checkpoint })));
        await EndAsync(client, published.GetProperty("eventKey").GetString()!);
        await PublishAsync(client, Event("1", new { model = "digits", checkpoint }));
        await PublishAsync(client, Event("1", new { model = "letters", checkpoint }));

        foreach (var outcome in new[] { "accepted", "duplicate", "conflict", "unmatched" })
            measured.All.ShouldContain(("sparsepipeline.gateway.events", 1, $"type={EventType},outcome={outcome}"));
        measured.All.ShouldContain(m => m.Name == "sparsepipeline.gateway.event.age");
        measured.All.ShouldContain(m => m.Name == "sparsepipeline.gateway.events.pending");
    }

    [Fact]
    public async Task Keys_that_are_not_let_in_are_counted_by_reason()
    {
        using var measured = new Measured();
        await using var gateway = await StartAsync();
        using var viewer = await gateway.ClientAsync(AccessRoles.Viewer);
        foreach (var token in new[] { null, "spk_nonsense", SparsePipeline.Infrastructure.Access.AccessToken.Create().Text })
        {
            using var client = gateway.Client(token);
            await client.GetAsync("/v1/runs", Token);
        }
        await viewer.GetAsync("/v1/keys", Token);

        foreach (var reason in new[] { "missing", "malformed", "invalid", "role" })
            measured.All.ShouldContain(("sparsepipeline.gateway.keys.rejected", 1, $"reason={reason}"));
    }

    [Theory]
    [InlineData(202, false, "accepted")]
    [InlineData(202, true, "ignored")]
    [InlineData(200, false, "duplicate")]
    [InlineData(401, false, "refused")]
    public async Task A_message_to_a_hook_is_counted_by_what_became_of_it(int status, bool isIgnored, string outcome)
    {
        using var measured = new Measured();
        var kind = Guid.NewGuid().ToString("N");

        await new RequestMeasure(TimeProvider.System).InvokeAsync(new DefaultHttpContext(), context =>
        {
            RequestMeasure.Note(context, kind, isIgnored);
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        measured.All.ShouldContain(("sparsepipeline.gateway.hooks", 1, $"kind={kind},outcome={outcome}"));
    }

    [Fact]
    public void What_fails_again_and_again_is_as_old_as_its_first_failure_and_what_somebody_else_ended_is_forgotten()
    {
        var time = new FakeTimeProvider();
        var stuck = new StuckEvents(time);
        stuck.Age.ShouldBe(TimeSpan.Zero);

        stuck.Failed("a");
        time.Advance(TimeSpan.FromMinutes(1));
        stuck.Failed("a");
        stuck.Failed("b");
        stuck.Age.ShouldBe(TimeSpan.FromMinutes(1));
        stuck.Went("a");
        time.Advance(TimeSpan.FromMinutes(1));
        stuck.Age.ShouldBe(TimeSpan.FromMinutes(1), "of the other");
        stuck.Failed(StuckEvents.Sweep);
        stuck.KeepOnly(["c"]);
        time.Advance(TimeSpan.FromSeconds(5));
        stuck.Age.ShouldBe(TimeSpan.FromSeconds(5), "the sweep itself");
        stuck.Went(StuckEvents.Sweep);
        stuck.Age.ShouldBe(TimeSpan.Zero);
    }

    private sealed class Measured : IDisposable
    {
        private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _all = new();
        private readonly MeterListener _listener;

        public Measured()
        {
            _listener = new MeterListener
            {
                InstrumentPublished = (instrument, listener) =>
                {
                    if (instrument.Meter.Name == TelemetryNames.Gateway)
                        listener.EnableMeasurementEvents(instrument);
                },
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
            _listener.Start();
        }

        public IReadOnlyCollection<(string Name, double Value, string Tags)> All => _all;

        public void Dispose() => _listener.Dispose();

        private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _all.Enqueue((instrument.Name, value, string.Join(',', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))));
    }
}
