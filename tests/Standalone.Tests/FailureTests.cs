using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.TestKit;

namespace SparsePipeline.Standalone.Tests;

/// <summary>Failures are seen with their reason, and the workers live on.</summary>
public sealed class FailureTests : IDisposable
{
    private static readonly DomainException Diverged = new(FailureCodes.Diverged, "The loss is NaN in epoch 1.", "Lower the learning rate.");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_refused_step_fails_the_run_with_its_reason_and_the_worker_takes_the_next_run()
    {
        var log = new JobLog();
        await using var pipeline = await Pipelines.StartAsync(_folder.File("store"), log);
        var seen = new Observations();

        var failed = await pipeline.RunAsync(Pipelines.Recipe(pruner: "no-such-pruner"), seen, Pipelines.Patience());
        var next = await pipeline.RunAsync(Pipelines.Recipe(), new Observations(), Pipelines.Patience());

        failed.Plan.Failure!.Code.ShouldBe(FailureCodes.UnknownMethod);
        failed.Plan.Failure.Reason.ShouldContain("no-such-pruner");
        seen.Plans[^1].Failed.Single().Kind.ShouldBe(StepKinds.Prune);
        next.Plan.Finished.ShouldBeTrue();
    }

    [Fact]
    public async Task A_corrupt_checkpoint_fails_the_step_that_reads_it()
    {
        var store = _folder.File("store");
        var whole = await Pipelines.RunAsync(store, Pipelines.Recipe(cycles: 1), new JobLog());
        var dense = whole.Plan.Steps.Single(s => s.Node == "dense").Result!.Outputs[OutputNames.Checkpoint].Digest;
        var blob = Path.Combine(store, "objects", "sha256", dense[..2], dense);
        File.Delete(blob);
        await File.WriteAllTextAsync(blob, "not weights", TestContext.Current.CancellationToken);

        var outcome = await Pipelines.RunAsync(store, Pipelines.Recipe(cycles: 2), new JobLog());

        outcome.Plan.Failure!.Code.ShouldBe(FailureCodes.CorruptArtifact);
        outcome.Plan.Failure.Reason.ShouldContain(dense);
    }

    [Fact]
    public async Task A_failure_that_was_mended_is_tried_again_when_the_run_is_and_others_are_not()
    {
        var store = _folder.File("store");
        var missing = new DomainException(FailureCodes.DataUnavailable, "The data folder is empty.", "Fill it.");
        (await Pipelines.RunAsync(store, Pipelines.Recipe(), new JobLog { Script = (_, _) => throw missing })).Plan.Failure.ShouldNotBeNull();
        (await Pipelines.RunAsync(store, Pipelines.Recipe(), new JobLog())).Plan.Finished.ShouldBeTrue();

        var diverged = Pipelines.Recipe(seed: 2);
        (await Pipelines.RunAsync(store, diverged, new JobLog { Script = (_, _) => throw Diverged })).Plan.Failure.ShouldNotBeNull();
        var log = new JobLog();
        (await Pipelines.RunAsync(store, diverged, log)).Plan.Failure.ShouldNotBeNull();
        log.Keys.ShouldBeEmpty("the same training would diverge again");
    }

    [Fact]
    public async Task A_soup_with_a_quorum_goes_on_without_a_diverged_candidate()
    {
        var retrainings = 0;
        var log = new JobLog
        {
            Script = (request, _) => request is TrainRequest { Spec.Mask: not null } && Interlocked.Increment(ref retrainings) == 2
                ? throw Diverged
                : Task.CompletedTask,
        };
        await using var pipeline = await Pipelines.StartAsync(_folder.File("store"), log);
        var seen = new Observations();

        var outcome = await pipeline.RunAsync(Pipelines.Recipe(candidates: 3, cycles: 1, quorum: 2), seen, Pipelines.Patience());

        outcome.Plan.Finished.ShouldBeTrue();
        ((SoupSpec)outcome.Plan.Steps.Single(s => s.Node == "cycle-1/soup").Spec!).Candidates.Count.ShouldBe(2);
        outcome.Plan.Failed.Single().Result!.Failure!.Reason.ShouldBe("The loss is NaN in epoch 1.");
        seen.Failures.ShouldContain(f => f.Failure.Code == FailureCodes.Diverged);
    }

    [Fact]
    public async Task Without_a_quorum_a_diverged_candidate_fails_the_run()
    {
        var log = new JobLog { Script = (request, _) => request is TrainRequest { Spec.Mask: not null } ? throw Diverged : Task.CompletedTask };

        var outcome = await Pipelines.RunAsync(_folder.File("store"), Pipelines.Recipe(), log);

        outcome.Plan.Failure.ShouldNotBeNull().Reason.ShouldContain("NaN");
    }

    [Fact]
    public async Task An_exception_is_tried_again()
    {
        var calls = 0;
        var log = new JobLog { Script = (_, _) => Interlocked.Increment(ref calls) <= 2 ? throw new IOException("The disk hiccuped.") : Task.CompletedTask };

        var outcome = await Pipelines.RunAsync(_folder.File("store"), Pipelines.Recipe(cycles: 1), log);

        outcome.Plan.Finished.ShouldBeTrue();
        log.Keys.Take(3).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_step_that_keeps_throwing_is_given_up_and_stores_no_result()
    {
        var store = _folder.File("store");
        var broken = new JobLog { Script = (_, _) => throw new IOException("The disk is full.") };

        var outcome = await Pipelines.RunAsync(store, Pipelines.Recipe(), broken);

        outcome.Plan.Failure!.Code.ShouldBe(FailureCodes.StepFaulted);
        outcome.Plan.Failure.Reason.ShouldContain("'dense' was given up after several tries: The disk is full.");
        (await Pipelines.RunAsync(store, Pipelines.Recipe(), new JobLog())).Plan.Finished.ShouldBeTrue("nothing was stored that would stop a later try");
    }
}
