using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Standalone.Tests.Shared;

/// <summary>Commands and models that can only fail: each is a result with a reason and a remedy, and the worker takes the next command.</summary>
public sealed class PoisonTests(BrokerServer broker)
{
    private const long TenGigabytes = 10_000_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A worker of another version may know it, so the step waits for one.</summary>
    [Fact]
    public async Task A_command_for_an_unknown_method_rests_without_a_result_and_says_why()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var host = await bus.AddHostAsync(new JobLog());
        var spec = Prune(await StoreAsync(host.Artifacts, readable: true), "no-such-pruner");
        var key = StepKey.Of(spec);
        var claim = Path.Combine(bus.StoreFolder, "steps", key, "claim.json");

        await SharedBus.SendAsync(host, "prune-checkpoint", new PruneCheckpoint { RunId = "scripted-000000000000", StepKey = key, Spec = spec });
        await SharedBus.UntilAsync(async () => File.Exists(claim) && (await File.ReadAllTextAsync(claim, Token)).Contains("no-such-pruner", StringComparison.Ordinal));

        (await host.RunAsync(Pipelines.Recipe(cycles: 1), new Observations(), Pipelines.Patience())).Plan.Finished.ShouldBeTrue();
        (await bus.CountErrorsAsync()).ShouldBe(0);
        (await host.Steps.ReadResultAsync(key, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_checkpoint_that_claims_ten_gigabytes_fails_before_anything_is_read() =>
        (await FailureAsync(checkpoint => Prune(checkpoint with { SizeBytes = TenGigabytes }))).ShouldSatisfyAllConditions(
            f => f.Code.ShouldBe(FailureCodes.CorruptArtifact),
            f => f.Reason.ShouldContain("10000000000"));

    [Fact]
    public async Task A_checkpoint_that_is_none_fails_and_names_it() =>
        (await FailureAsync(checkpoint => Prune(checkpoint))).ShouldSatisfyAllConditions(
            f => f.Code.ShouldBe(FailureCodes.CorruptArtifact),
            f => f.Remedy.ShouldNotBeEmpty());

    [Fact]
    public async Task A_checkpoint_nobody_stored_fails_as_missing() =>
        (await FailureAsync(checkpoint => Prune(checkpoint with { Digest = new string('0', 64) }))).Code.ShouldBe(FailureCodes.MissingArtifact);

    [Fact]
    public async Task A_model_whose_native_code_aborts_ends_its_runner_and_neither_the_worker_nor_a_soup_with_a_quorum()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        await using var real = new RealRunners(bus.StoreFolder);
        string? poisoned = null;
        var log = new JobLog { Script = (request, stop) => IsPoison(request) ? real.RunAsync("abort", "terminate called: bad kernel", stop) : Task.CompletedTask };
        var host = await bus.AddHostAsync(log);

        var outcome = await host.RunAsync(Pipelines.Recipe(candidates: 3, cycles: 1, quorum: 2), new Observations(), Pipelines.Patience());

        outcome.Plan.Finished.ShouldBeTrue();
        var failure = outcome.Plan.Failed.Single().Result!.Failure!;
        failure.Code.ShouldBe(FailureCodes.RunnerCrashed);
        failure.Reason.ShouldContain("SIGABRT");
        failure.Reason.ShouldContain("bad kernel");
        (await bus.CountErrorsAsync()).ShouldBe(0);

        bool IsPoison(object request)
        {
            if (request is not TrainRequest { Spec: { Mask: not null } spec })
                return false;
            var key = StepKey.Of(spec);
            return Interlocked.CompareExchange(ref poisoned, key, null) is not { } chosen || chosen == key;
        }
    }

    private static PruneSpec Prune(ArtifactRef checkpoint, string method = "global-magnitude") => new()
    {
        AlgorithmVersion = PruneSpec.CurrentVersion,
        Checkpoint = checkpoint,
        Method = MethodSpec.Of(method),
        Sparsity = 0.5,
    };

    // Sends the command, waits for its result, and lets the same worker do honest work afterwards.
    private async Task<StepFailure> FailureAsync(Func<ArtifactRef, PruneSpec> poison)
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var host = await bus.AddHostAsync(new JobLog());
        var spec = poison(await StoreAsync(host.Artifacts, readable: false));
        var key = StepKey.Of(spec);

        await SharedBus.SendAsync(host, "prune-checkpoint", new PruneCheckpoint { RunId = "scripted-000000000000", StepKey = key, Spec = spec });
        await SharedBus.UntilAsync(async () => await host.Steps.ReadResultAsync(key, Token) is not null);

        (await host.RunAsync(Pipelines.Recipe(cycles: 1), new Observations(), Pipelines.Patience())).Plan.Finished.ShouldBeTrue();
        (await bus.CountErrorsAsync()).ShouldBe(0);
        return (await host.Steps.ReadResultAsync(key, Token))!.Failure.ShouldNotBeNull();
    }

    private static async Task<ArtifactRef> StoreAsync(IArtifactStore store, bool readable)
    {
        var file = store.CreateTemporaryPath();
        if (readable)
            new StateDictBuilder().Floats("fc.weight", [2, 2], [1, 2, 3, 4]).Save(file);
        else
            await File.WriteAllTextAsync(file, "no weights at all, whatever the format says", Token);
        return await store.StoreAsync(file, ArtifactFormats.Safetensors, Token);
    }
}
