using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Planning;
using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.TestKit;

namespace SparsePipeline.Standalone.Tests;

public sealed class EmbeddedPipelineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_finishes_and_computes_every_step_once()
    {
        var log = new JobLog();

        var outcome = await Pipelines.RunAsync(_folder.File("store"), Pipelines.Recipe(), log);

        outcome.Plan.Finished.ShouldBeTrue();
        outcome.Cached.ShouldBeEmpty();
        log.Keys.ShouldBeUnique();
        log.Keys.Count.ShouldBe(outcome.Plan.Steps.Count(s => s.Kind is StepKinds.Train or StepKinds.Evaluate));
    }

    [Fact]
    public async Task A_second_run_of_the_same_recipe_is_cached_whole()
    {
        var store = _folder.File("store");
        var first = await Pipelines.RunAsync(store, Pipelines.Recipe(), new JobLog());
        var log = new JobLog();

        var second = await Pipelines.RunAsync(store, Pipelines.Recipe(), log);

        log.Keys.ShouldBeEmpty();
        second.Cached.ShouldBe(second.Plan.Steps.Select(s => s.Node), ignoreOrder: true);
        Pipelines.Digests(second.Plan).ShouldBe(Pipelines.Digests(first.Plan));
    }

    [Fact]
    public async Task One_more_candidate_trains_one_more_in_the_first_cycle()
    {
        var store = _folder.File("store");
        await Pipelines.RunAsync(store, Pipelines.Recipe(candidates: 3, cycles: 1), new JobLog());
        var log = new JobLog();

        var outcome = await Pipelines.RunAsync(store, Pipelines.Recipe(candidates: 4, cycles: 1), log);

        log.Trainings.ShouldHaveSingleItem();
        outcome.Plan.Steps.Where(s => !outcome.Cached.Contains(s.Node)).Select(s => s.Node).ShouldBe(
            ["cycle-1/candidate-3", "cycle-1/candidate-3/evaluation", "cycle-1/soup", "cycle-1/soup/evaluation"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Lost_doubled_and_late_messages_end_in_the_same_digests(int seed)
    {
        var quiet = await Pipelines.RunAsync(_folder.File("quiet"), Pipelines.Recipe(), new JobLog());

        var chaotic = await Pipelines.RunAsync(_folder.File("chaotic"), Pipelines.Recipe(), new JobLog(), services => Chaos.AddTo(services, seed));

        chaotic.Plan.Finished.ShouldBeTrue();
        Pipelines.Digests(chaotic.Plan).ShouldBe(Pipelines.Digests(quiet.Plan));
    }

    [Fact]
    public async Task Two_pipelines_on_one_store_share_a_run_and_repeat_nothing()
    {
        var store = _folder.File("store");
        var log = new JobLog { Script = (_, stop) => Task.Delay(50, stop) };
        await using var one = await Pipelines.StartAsync(store, log);
        await using var other = await Pipelines.StartAsync(store, log);

        var outcomes = await Task.WhenAll(
            one.RunAsync(Pipelines.Recipe(candidates: 6), new Observations(), Pipelines.Patience()),
            other.RunAsync(Pipelines.Recipe(candidates: 6), new Observations(), Pipelines.Patience()));

        log.Keys.ShouldBeUnique();
        outcomes.ShouldAllBe(o => o.Plan.Finished);
        outcomes[0].Plan.Steps.Select(s => s.Result!.Worker).Distinct().Count().ShouldBe(2, "both should have worked");
    }

    [Fact]
    public async Task An_unfinished_slice_goes_on_from_its_resume_point()
    {
        var log = new JobLog { SliceFirst = true };
        await using var pipeline = await Pipelines.StartAsync(_folder.File("store"), log);
        var seen = new Observations();

        var outcome = await pipeline.RunAsync(Pipelines.Recipe(candidates: 1, cycles: 1), seen, Pipelines.Patience());

        log.Trainings.Select(t => t.ResumePoint is null).ShouldBe([true, false, true, false]);
        outcome.Plan.Steps.Single(s => s.Node == "dense").Result!.Seconds.ShouldBe(2, "both slices count");
        seen.Progress.ShouldContain(p => p.Message == "half");
    }

    [Fact]
    public async Task A_step_whose_resume_point_is_lost_starts_over()
    {
        var store = _folder.File("store");
        var resuming = new TaskCompletionSource<string>();
        var first = new JobLog
        {
            SliceFirst = true,
            Script = async (request, stop) =>
            {
                if (request is not TrainRequest { ResumePoint: { } point })
                    return;
                resuming.TrySetResult(point.Digest);
                await Task.Delay(Timeout.Infinite, stop);
            },
        };
        var pipeline = await Pipelines.StartAsync(store, first);
        var run = pipeline.RunAsync(Pipelines.Recipe(cycles: 1), new Observations(), Pipelines.Patience());
        var digest = await resuming.Task.WaitAsync(Pipelines.Patience());
        await pipeline.DisposeAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
        File.Delete(Path.Combine(store, "objects", "sha256", digest[..2], digest));
        var log = new JobLog();

        var outcome = await Pipelines.RunAsync(store, Pipelines.Recipe(cycles: 1), log);

        outcome.Plan.Finished.ShouldBeTrue();
        log.Trainings[0].ResumePoint.ShouldBeNull();
    }

    [Fact]
    public async Task A_pipeline_that_stops_releases_its_steps_and_the_next_one_goes_on_at_once()
    {
        var store = _folder.File("store");
        var running = new TaskCompletionSource();
        var first = await Pipelines.StartAsync(store, Stuck(running));
        using var interrupted = new CancellationTokenSource();
        var run = first.RunAsync(Pipelines.Recipe(), new Observations(), interrupted.Token);
        await running.Task.WaitAsync(Pipelines.Patience());
        await interrupted.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
        await first.DisposeAsync();

        var outcome = await Pipelines.RunAsync(store, Pipelines.Recipe(), new JobLog());

        outcome.Plan.Finished.ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_cancelled_in_the_store_stops_with_that_reason_and_can_be_run_again()
    {
        var store = _folder.File("store");
        var running = new TaskCompletionSource();
        await using (var pipeline = await Pipelines.StartAsync(store, Stuck(running)))
        {
            var run = pipeline.RunAsync(Pipelines.Recipe(), new Observations(), Pipelines.Patience());
            await running.Task.WaitAsync(Pipelines.Patience());
            await pipeline.Runs.CancelAsync(RunId.Of(Pipelines.Recipe()), CancellationToken.None);
            (await run).Plan.Failure!.Code.ShouldBe(FailureCodes.Cancelled);
        }

        (await Pipelines.RunAsync(store, Pipelines.Recipe(), new JobLog())).Plan.Finished.ShouldBeTrue();
    }

    [Fact]
    public async Task A_plan_asks_for_nothing_and_does_nothing()
    {
        await using var pipeline = await Pipelines.StartAsync(_folder.File("store"), new JobLog());

        var plan = await pipeline.PlanAsync(Pipelines.Recipe(), CancellationToken.None);

        plan.Ready.Single().Node.ShouldBe("dense");
        plan.Steps.ShouldAllBe(s => s.State == StepState.Waiting || s.State == StepState.Ready);
    }

    private static JobLog Stuck(TaskCompletionSource running) => new()
    {
        Script = async (_, stop) =>
        {
            running.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop);
        },
    };
}
