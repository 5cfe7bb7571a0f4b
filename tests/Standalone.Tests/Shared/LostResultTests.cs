using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Verification;
using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Standalone.Tests.Shared;

/// <summary>Blobs and results that vanish from the store under workers that have seen them, on a real broker.</summary>
public sealed class LostResultTests(BrokerServer broker, ObjectStoreServer objects)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_result_that_was_deleted_is_computed_again_by_workers_that_have_seen_it()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var (host, other) = (await bus.AddHostAsync(new JobLog()), await bus.AddHostAsync(new JobLog()));
        var whole = await RunAsync(host);
        await DeleteAsync(host, whole, "dense", deleteResult: true);
        await DeleteAsync(host, whole, "cycle-1/prune", deleteResult: true);

        var again = await RunAsync(other);

        again.Plan.Finished.ShouldBeTrue();
        Pipelines.Digests(again.Plan).ShouldBe(Pipelines.Digests(whole.Plan));
        await EverythingIsThereAsync(host, again);
        (await bus.CountErrorsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_step_that_failed_for_want_of_its_input_is_tried_again_once_that_is_made_again()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var host = await bus.AddHostAsync(new JobLog());
        var whole = await FailForWantOfAsync(host, "cycle-1/prune", "cycle-1/candidate-1");

        // By hand, as one would: the result of the step whose blob is gone.
        await DeleteAsync(host, whole, "cycle-1/prune", deleteResult: true);
        var mended = await RunAsync(host);

        mended.Plan.Failure.ShouldBeNull();
        Pipelines.Digests(mended.Plan).ShouldBe(Pipelines.Digests(whole.Plan));
    }

    [Fact]
    public async Task A_repair_names_what_is_lost_and_what_failed_for_it_and_the_run_is_whole_again_in_a_bucket()
    {
        await using var bus = await SharedBus.CreateAsync(broker, objects);
        var host = await bus.AddHostAsync(new JobLog());
        var whole = await FailForWantOfAsync(host, "cycle-1/prune", "cycle-1/candidate-1");
        var repair = ActivatorUtilities.CreateInstance<Repair>(host.Services);

        var plan = await repair.ExamineRunAsync(whole.RunId, Token);
        await repair.ApplyAsync(plan, Token);
        var mended = await RunAsync(host);

        plan.Lost.Select(l => (l.StepKey, l.Fault)).Distinct().ShouldHaveSingleItem().ShouldBe((KeyOf(whole, "cycle-1/prune"), BlobFaults.Missing));
        plan.Failures.ShouldHaveSingleItem().Key.ShouldBe(KeyOf(whole, "cycle-1/candidate-1"));
        Pipelines.Digests(mended.Plan).ShouldBe(Pipelines.Digests(whole.Plan));
        await EverythingIsThereAsync(host, mended);
        (await repair.ExamineRunAsync(whole.RunId, Token)).IsEmpty.ShouldBeTrue();
    }

    private static Task<RunOutcome> RunAsync(EmbeddedPipeline host) => host.RunAsync(Pipelines.Recipe(), new Observations(), Pipelines.Patience());

    // Loses the blobs of one step and makes another, which needs them, run again; returns the run as it was.
    private static async Task<RunOutcome> FailForWantOfAsync(EmbeddedPipeline host, string lost, string wants)
    {
        var whole = await RunAsync(host);
        await DeleteAsync(host, whole, lost, deleteResult: false);
        await DeleteAsync(host, whole, wants, deleteResult: true);
        (await RunAsync(host)).Plan.Failure.ShouldNotBeNull().Code.ShouldBe(FailureCodes.MissingArtifact);
        return whole;
    }

    private static async Task DeleteAsync(EmbeddedPipeline host, RunOutcome run, string node, bool deleteResult)
    {
        var step = run.Plan.Steps.Single(s => s.Node == node);
        foreach (var output in step.Result!.Outputs.Values)
            await host.Artifacts.DeleteAsync(output.Digest, Token);
        if (deleteResult)
            await host.Services.GetRequiredService<IObjectStore>().DeleteAsync($"steps/{step.Key}/result.json", Token);
    }

    private static string KeyOf(RunOutcome run, string node) => run.Plan.Steps.Single(s => s.Node == node).Key!;

    private static async Task EverythingIsThereAsync(EmbeddedPipeline host, RunOutcome run)
    {
        foreach (var output in run.Plan.Steps.SelectMany(s => s.Result!.Outputs.Values))
            (await host.Artifacts.ExistsAsync(output.Digest, Token)).ShouldBeTrue(output.Digest);
    }
}
