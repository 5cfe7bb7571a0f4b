using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.TestKit;

namespace SparsePipeline.Gateway.Tests.Outbox;

public sealed class OutboxTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happens_to_a_run_is_an_event_each_and_says_where_it_is_from()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Deployment", "lab"));
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var (runId, stepKey) = await OutgoingRun.SubmitAsync(client);
        var checkpoint = await OutgoingRun.FinishAsync(gateway, stepKey);
        await OutgoingRun.EndAsync(gateway.Runs, runId);

        var events = await OutgoingRun.EventsAsync(gateway, 3);

        events.Select(e => e.Type).ShouldBe([EventTypes.RunSubmitted, EventTypes.CheckpointReady, EventTypes.RunFinished], ignoreOrder: true);
        events.ShouldAllBe(e => e.Source == $"/deployments/lab/runs/{runId}" && e.RunId == runId && e.TraceParent != null);
        var ready = events.Single(e => e.Type == EventTypes.CheckpointReady);
        (ready.Id, ready.Subject, ready.StepKind, ready.Time.Hour).ShouldBe((stepKey, $"sha256:{checkpoint.Digest}", StepKinds.Train, 12));
        ready.Data.GetProperty("checkpoint").GetProperty("digest").GetString().ShouldBe(checkpoint.Digest);
        events.Single(e => e.Type == EventTypes.RunFinished).Data.GetProperty("seconds").GetDouble().ShouldBe(12.5);
    }

    [Fact]
    public async Task A_run_that_was_cancelled_and_goes_on_ends_again_and_a_failed_step_is_told_with_its_reason()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var (runId, stepKey) = await OutgoingRun.SubmitAsync(client);
        await client.PostAsync($"/v1/runs/{runId}/cancel", content: null, Token);
        await OutgoingRun.EventsAsync(gateway, 2);
        await client.PostAsync($"/v1/runs/{runId}/resume", content: null, Token);
        await OutgoingRun.FailAsync(gateway, stepKey);
        await OutgoingRun.EventsAsync(gateway, 3);
        await OutgoingRun.EndAsync(gateway.Runs, runId, RunStates.Failed);

        var events = await OutgoingRun.EventsAsync(gateway, 4);

        events.Select(e => e.Type).ShouldBe([EventTypes.RunSubmitted, EventTypes.RunCancelled, EventTypes.StepFailed, EventTypes.RunFailed]);
        events[2].Data.GetProperty("failure").GetProperty("code").GetString().ShouldBe(FailureCodes.Diverged);
    }

    [Fact]
    public async Task What_a_crash_left_out_is_told_by_whoever_comes_next_and_under_the_same_key()
    {
        using var folder = TemporaryFolder.InMemory();
        IReadOnlyList<OutgoingEvent> before;
        string runId;
        await using (var gateway = await TestGateway.OnAsync(folder))
        {
            using var client = await gateway.ClientAsync(AccessRoles.Operator);
            (runId, _) = await OutgoingRun.SubmitAsync(client);
            await OutgoingRun.EndAsync(gateway.Runs, runId);
            before = await OutgoingRun.EventsAsync(gateway, 2);
            while (await gateway.Objects.ReadAsync($"outbox/open/{runId}.json", Token) is not null)
                await Task.Delay(20, Token);
            // As a process would have left it that died between the fact and its events.
            foreach (var key in before.Select(e => $"outbox/{e.EventKey}.json").Append($"outbox/cursors/runs/{runId}.json"))
                await gateway.Objects.DeleteAsync(key, Token);
        }

        await using var next = await TestGateway.OnAsync(folder);
        var after = await OutgoingRun.EventsAsync(next, 2);

        after.Select(e => (e.EventKey, e.Type, e.Time)).ShouldBe(before.Select(e => (e.EventKey, e.Type, e.Time)), ignoreOrder: true);
    }

    [Fact]
    public async Task Two_gateways_tell_of_many_runs_once()
    {
        const int Runs = 20;
        await using var first = await TestGateway.StartAsync();
        await using var second = await TestGateway.BesideAsync(first);
        using var one = await first.ClientAsync(AccessRoles.Operator);
        using var other = await second.ClientAsync(AccessRoles.Operator);

        var runs = new List<string>();
        for (var i = 0; i < Runs; i++)
            runs.Add((await OutgoingRun.SubmitAsync(i % 2 == 0 ? one : other, seed: i)).RunId);
        foreach (var runId in runs)
            await OutgoingRun.EndAsync(first.Runs, runId);

        var events = await OutgoingRun.EventsAsync(first, 2 * Runs);

        events.Count.ShouldBe(2 * Runs);
        events.Select(e => (e.RunId, e.Type)).Distinct().Count().ShouldBe(2 * Runs);
    }

    [Fact]
    public async Task An_event_is_deleted_a_week_after_everybody_was_told_unless_somebody_still_waits_for_it()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:SweepSeconds", "3600"));
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        var store = new SparsePipeline.Gateway.Outbox.OutboxStore(gateway.Objects, time);
        var outgoing = new SparsePipeline.Gateway.Outbox.OutgoingEvents(Microsoft.Extensions.Options.Options.Create(new SparsePipeline.Infrastructure.Options.GatewayOptions()), time);
        var events = Enumerable.Range(0, 2).Select(i => outgoing.OfRun("told-0123456789ab", EventTypes.RunSubmitted, $"{i}", time.GetUtcNow(), new RunSubmitted { RunId = "told-0123456789ab" })).ToList();
        foreach (var one in events)
        {
            await store.RecordAsync(one, Token);
            await store.CloseAsync(one.EventKey, Token);
        }
        async Task<bool[]> StandAsync() => [await store.FindAsync(events[0].EventKey, Token) is not null, await store.FindAsync(events[1].EventKey, Token) is not null];

        time.Advance(TimeSpan.FromDays(7));
        await store.CollectAsync(_ => false, Token);
        (await StandAsync()).ShouldBe([true, true]);
        time.Advance(TimeSpan.FromDays(1));
        await store.CollectAsync(key => key == events[1].EventKey, Token);
        (await StandAsync()).ShouldBe([false, true]);
        time.Advance(TimeSpan.FromDays(8));
        await store.CollectAsync(_ => false, Token);

        (await StandAsync()).ShouldBe([false, false]);
    }
}
