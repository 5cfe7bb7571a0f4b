using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Standalone.Tests.Shared;

/// <summary>Runs on a real broker: what is lost, doubled or dead is made good without anybody following.</summary>
public sealed class SharedRunTests(BrokerServer broker, ObjectStoreServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_ends_as_it_does_in_one_process_and_leaves_no_message_behind()
    {
        using var folder = new TemporaryFolder();
        var embedded = await Pipelines.RunAsync(folder.File("store"), Pipelines.Recipe(), new JobLog());
        await using var bus = await SharedBus.CreateAsync(broker);
        var log = new JobLog { SliceFirst = true };
        var host = await bus.AddHostAsync(log);

        var outcome = await host.RunAsync(Pipelines.Recipe(), new Observations(), Pipelines.Patience());

        outcome.Plan.Finished.ShouldBeTrue();
        Pipelines.Digests(outcome.Plan).ShouldBe(Pipelines.Digests(embedded.Plan));
        log.Trainings.GroupBy(t => StepKey.Of(t.Spec)).ShouldAllBe(slices => slices.Count() == 2);
        (await bus.CountErrorsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Two_hosts_share_one_run_and_repeat_nothing()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var everybody = new TaskCompletionSource();
        var running = 0;
        var (one, other) = (LogOf(), LogOf());
        var host = await bus.AddHostAsync(one);
        await bus.AddHostAsync(other);

        var outcome = await host.RunAsync(Pipelines.Recipe(candidates: 4, cycles: 1), new Observations(), Pipelines.Patience());

        outcome.Plan.Finished.ShouldBeTrue();
        one.Trainings.ShouldNotBeEmpty();
        other.Trainings.ShouldNotBeEmpty();
        one.Keys.Concat(other.Keys).ShouldBeUnique();

        // Each host has two runners, so four retrainings at once need both hosts.
        JobLog LogOf() => new()
        {
            Script = async (request, stop) =>
            {
                if (request is not TrainRequest { Spec.Mask: not null })
                    return;
                if (Interlocked.Increment(ref running) == 4)
                    everybody.TrySetResult();
                await everybody.Task.WaitAsync(stop);
            },
        };
    }

    [Fact]
    public async Task Machines_that_share_a_bucket_heal_what_is_lost_and_end_in_the_same_digests()
    {
        using var folder = new TemporaryFolder();
        var embedded = await Pipelines.RunAsync(folder.File("store"), Pipelines.Recipe(candidates: 2, cycles: 1), new JobLog());
        await using var bus = await SharedBus.CreateAsync(broker, server);
        var host = await bus.AddHostAsync(new JobLog { SliceFirst = true }, services => Chaos.AddTo(services, seed: 3));
        await bus.AddHostAsync(new JobLog { SliceFirst = true }, services => Chaos.AddTo(services, seed: 4));

        var outcome = await host.RunAsync(Pipelines.Recipe(candidates: 2, cycles: 1), new Observations(), Pipelines.Patience());

        outcome.Plan.Finished.ShouldBeTrue();
        Pipelines.Digests(outcome.Plan).ShouldBe(Pipelines.Digests(embedded.Plan));
        (await bus.CountErrorsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Commands_that_a_purge_threw_away_are_sent_again()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var gate = new Gate();
        var log = new JobLog { Script = gate.Before(request => request is TrainRequest { Spec.Mask: not null }) };
        var host = await bus.AddHostAsync(log, adjust: null, ("Trainer:Concurrency", "1"));
        var run = host.RunAsync(Pipelines.Recipe(candidates: 4, cycles: 1), new Observations(), Pipelines.Patience());
        await gate.ReachedAsync();
        await SharedBus.UntilAsync(async () => await bus.CountAsync("train-checkpoint") == 3);

        await bus.PurgeAsync("train-checkpoint");
        gate.Open();

        (await run).Plan.Finished.ShouldBeTrue();
        log.Keys.ShouldBeUnique();
    }

    [Fact]
    public async Task A_submitted_run_ends_although_its_first_event_was_lost_and_leaves_the_index_of_active_runs()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var host = await bus.AddHostAsync(new JobLog());

        var runId = await host.Runs.SubmitAsync(Pipelines.Recipe(cycles: 1), Token);

        await SharedBus.UntilAsync(async () => !await IsActiveAsync(host, runId));
        (await host.PlanAsync(Pipelines.Recipe(cycles: 1), Token)).Finished.ShouldBeTrue();
    }

    [Fact]
    public async Task A_step_whose_worker_died_is_taken_over_after_its_lease()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var host = await bus.AddHostAsync(new JobLog());
        var dense = (await host.PlanAsync(Pipelines.Recipe(), Token)).Ready.Single();
        await host.Services.GetRequiredService<IClaimStore>().TryClaimAsync(dense.Key!, "a worker on a machine that burnt down", Token);

        (await host.RunAsync(Pipelines.Recipe(), new Observations(), Pipelines.Patience())).Plan.Finished.ShouldBeTrue();
    }

    [Fact]
    public async Task Doubled_commands_of_a_running_step_compute_nothing_twice()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var gate = new Gate();
        var log = new JobLog { Script = gate.Before(request => request is TrainRequest { Spec.Mask: null }) };
        var host = await bus.AddHostAsync(log);
        await bus.AddHostAsync(log);
        var dense = (await host.PlanAsync(Pipelines.Recipe(), Token)).Ready.Single();
        var run = host.RunAsync(Pipelines.Recipe(), new Observations(), Pipelines.Patience());
        await gate.ReachedAsync();

        for (var i = 0; i < 10; i++)
            await SharedBus.SendAsync(host, "train-checkpoint", new TrainCheckpoint { RunId = "scripted-000000000000", StepKey = dense.Key!, Spec = (TrainSpec)dense.Spec! });
        await SharedBus.UntilAsync(async () => await bus.CountAsync("train-checkpoint") == 0);
        gate.Open();

        (await run).Plan.Finished.ShouldBeTrue();
        log.Keys.ShouldBeUnique();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Lost_doubled_and_late_messages_end_in_the_same_digests(int seed)
    {
        using var folder = new TemporaryFolder();
        var quiet = await Pipelines.RunAsync(folder.File("quiet"), Pipelines.Recipe(), new JobLog());
        await using var bus = await SharedBus.CreateAsync(broker);
        var host = await bus.AddHostAsync(new JobLog(), services => Chaos.AddTo(services, seed));
        await bus.AddHostAsync(new JobLog(), services => Chaos.AddTo(services, seed + 100));

        var chaotic = await host.RunAsync(Pipelines.Recipe(), new Observations(), Pipelines.Patience());

        chaotic.Plan.Finished.ShouldBeTrue();
        Pipelines.Digests(chaotic.Plan).ShouldBe(Pipelines.Digests(quiet.Plan));
        (await bus.CountErrorsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Commands_of_a_cancelled_run_are_dropped_and_what_another_run_needs_of_them_is_sent_again()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var gate = new Gate();
        var log = new JobLog { Script = gate.Before(_ => true) };
        var host = await bus.AddHostAsync(log, adjust: null, ("Trainer:Concurrency", "1"));
        var blocking = host.RunAsync(Pipelines.Recipe(seed: 7, cycles: 1), new Observations(), Pipelines.Patience());
        await gate.ReachedAsync();
        var cancelled = await host.Services.GetRequiredService<Infrastructure.Runs.RunSubmission>().SubmitAsync(Pipelines.Recipe(cycles: 1), Token);
        await SharedBus.UntilAsync(async () => await bus.CountAsync("train-checkpoint") == 1);
        await host.Runs.CancelAsync(RunId.Of(Pipelines.Recipe(cycles: 1)), Token);
        // The same dense training, spoken for by the command of the cancelled run.
        var other = host.RunAsync(Pipelines.Recipe(cycles: 2), new Observations(), Pipelines.Patience());

        gate.Open();

        (await blocking).Plan.Finished.ShouldBeTrue();
        (await other).Plan.Finished.ShouldBeTrue();
        cancelled.HasEnded.ShouldBeFalse();
        (await IsActiveAsync(host, RunId.Of(Pipelines.Recipe(cycles: 1)))).ShouldBeFalse();
        log.Keys.ShouldBeUnique();
    }

    [Fact]
    public async Task While_the_store_is_away_commands_wait_and_neither_fail_nor_go_to_the_error_queue()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var calls = 0;
        var log = new JobLog { Script = (_, _) => Interlocked.Increment(ref calls) <= 6 ? throw Outage() : Task.CompletedTask };
        var host = await bus.AddHostAsync(log);

        (await host.RunAsync(Pipelines.Recipe(cycles: 1), new Observations(), Pipelines.Patience())).Plan.Finished.ShouldBeTrue();

        (await bus.CountErrorsAsync()).ShouldBe(0);

        static StoreUnavailableException Outage() => new("The bucket does not answer.", "Wait.", new IOException("refused"));
    }

    private static async Task<bool> IsActiveAsync(EmbeddedPipeline host, string runId) =>
        await host.Runs.ListActiveAsync(Token).ContainsAsync(runId, cancellationToken: Token);
}
