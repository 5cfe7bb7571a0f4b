using System.Text;
using SparsePipeline.Chaos.Broker;
using SparsePipeline.Chaos.Processes;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Chaos.Poison;

/// <summary>
/// What no retry can help against becomes a visible failure with a reason and a remedy, and the worker that met it lives.
/// </summary>
[Trait("Category", "Chaos")]
public sealed class PoisonTests(PoisonTopology poison) : IClassFixture<PoisonTopology>, IAsyncLifetime
{
    private const long TenGigabytes = 10L * 1024 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly CancellationTokenSource _patience = new(Patience);

    private Topology Topology => poison.Topology;

    private RunClient Runs => poison.Topology.Runs;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>After every test: nobody died.</summary>
    public ValueTask DisposeAsync()
    {
        Topology.Replicas.ShouldAllBe(r => r.Process.IsRunning && r.Process.UnexpectedExit == null);
        _patience.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_checkpoint_whose_bytes_were_changed_in_the_bucket_stops_the_run_with_its_name_and_what_to_do()
    {
        var pruner = Topology.Replicas.Single(r => r.Name == "pruner-1");
        pruner.Process.Signal(Signals.Stop);
        var run = await SubmitAsync(ChaosRecipe.Write(poison.Folder, 101));
        var dense = await WaitForAsync(run, "dense");
        await DamageAsync(dense.Outputs[OutputNames.Checkpoint].Digest);
        pruner.Process.Signal(Signals.Continue);

        var plan = await Runs.WaitAsync(run, _patience.Token);

        ShouldTell(plan.Failure, FailureCodes.CorruptArtifact);
        plan.Failure!.Reason.ShouldContain(dense.Outputs[OutputNames.Checkpoint].Digest);
    }

    /// <summary>A worker of another version may know it, so the step waits for one.</summary>
    [Fact]
    public async Task A_method_nobody_knows_in_a_command_sent_by_hand_rests_without_a_result_and_the_next_run_finishes()
    {
        var spec = new PruneSpec
        {
            AlgorithmVersion = PruneSpec.CurrentVersion,
            Checkpoint = await DenseCheckpointAsync(102),
            Method = MethodSpec.Of("wishful-thinking"),
            Sparsity = 0.5,
        };

        await SendAsync(spec);

        await WaitForRestAsync(StepKey.Of(spec), "wishful-thinking");
        (await Runs.WaitAsync(await SubmitAsync(ChaosRecipe.Write(poison.Folder, 106)), _patience.Token)).Failure.ShouldBeNull();
        (await Runs.Get<IStepStore>().ReadResultAsync(StepKey.Of(spec), _patience.Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_checkpoint_of_ten_gigabytes_is_refused_before_a_byte_is_moved()
    {
        var failure = await PruneByHandAsync(new PruneSpec
        {
            AlgorithmVersion = PruneSpec.CurrentVersion,
            Checkpoint = new ArtifactRef(new string('a', 64), TenGigabytes, ArtifactFormats.Safetensors),
            Method = MethodSpec.Of("global-magnitude"),
            Sparsity = 0.5,
        });

        ShouldTell(failure, FailureCodes.TooLarge);
    }

    [Fact]
    public async Task A_training_that_diverges_stops_the_run_and_says_at_which_rate()
    {
        var recipe = ChaosRecipe.Of(poison.Folder, "diverging", """
            name: diverging
            model: { name: mlp }
            data: { name: digits }
            pretraining: { epochs: 20, learningRate: 900 }
            sparsification: { sparsity: 0.9, cycles: 1 }
            retraining: { epochs: 5, candidates: 2 }
            """);

        var plan = await Runs.WaitAsync(await SubmitAsync(recipe), _patience.Token);

        ShouldTell(plan.Failure, FailureCodes.Diverged);
    }

    [Fact]
    public async Task Native_code_that_aborts_costs_one_candidate_and_the_quorum_makes_the_soup_of_the_others()
    {
        var recipe = ChaosRecipe.Of(poison.Folder, "aborting", """
            name: aborting
            model: { name: mlp }
            data: { name: digits }
            pretraining: { epochs: 3, learningRate: 0.1 }
            sparsification: { sparsity: 0.9, cycles: 1 }
            retraining: { epochs: 400, candidates: 3 }
            soup: { quorum: 2 }
            """);
        var trainer = Topology.Replicas.Single(r => r.Name == "trainer-1");
        var run = await SubmitAsync(recipe);
        await WaitForAsync(run, "cycle-1/prune");

        await AbortRunnerAsItTrainsAsync(trainer);
        var plan = await Runs.WaitAsync(run, _patience.Token);

        plan.Failure.ShouldBeNull();
        var failed = plan.Failed.Where(s => s.Kind == StepKinds.Train).ShouldHaveSingleItem();
        ShouldTell(failed.Result!.Failure, FailureCodes.RunnerCrashed);
        plan.Steps.Single(s => s.Node == "cycle-1/soup").Result!.Failure.ShouldBeNull();
    }

    [Theory]
    [InlineData("train-checkpoint")]
    [InlineData("evaluate-checkpoint")]
    public async Task What_is_no_message_at_all_ends_in_the_error_queue_and_the_next_run_finishes(string queue)
    {
        await Topology.Bus.SendRawAsync(queue, "{\"messageType\": [\"urn:mess"u8.ToArray());

        await WaitForErrorAsync(queue);
        var plan = await Runs.WaitAsync(await SubmitAsync(ChaosRecipe.Write(poison.Folder, 104)), _patience.Token);
        plan.Failure.ShouldBeNull();
    }

    [Fact]
    public async Task A_command_for_a_later_version_of_an_algorithm_ends_in_the_error_queue_and_not_in_a_result()
    {
        var spec = new PruneSpec
        {
            AlgorithmVersion = PruneSpec.CurrentVersion + 1,
            Checkpoint = await DenseCheckpointAsync(105),
            Method = MethodSpec.Of("global-magnitude"),
            Sparsity = 0.5,
        };

        await SendAsync(spec);

        await WaitForErrorAsync("prune-checkpoint");
        (await Runs.Get<IStepStore>().ReadResultAsync(StepKey.Of(spec), _patience.Token)).ShouldBeNull();
    }

    private static void ShouldTell(StepFailure? failure, string code)
    {
        failure.ShouldNotBeNull();
        failure.Code.ShouldBe(code);
        failure.Reason.ShouldNotBeNullOrWhiteSpace();
        failure.Remedy.ShouldNotBeNullOrWhiteSpace();
    }

    private Task<string> SubmitAsync(ChaosRecipe recipe) => Runs.SubmitAsync(recipe.Recipe, _patience.Token);

    private Task SendAsync(PruneSpec spec) => Topology.Bus.SendAsync(
        "prune-checkpoint", new PruneCheckpoint { RunId = "by-hand", StepKey = StepKey.Of(spec), Spec = spec });

    private async Task<StepFailure?> PruneByHandAsync(PruneSpec spec)
    {
        await SendAsync(spec);
        while (true)
        {
            if (await Runs.Get<IStepStore>().ReadResultAsync(StepKey.Of(spec), _patience.Token) is { } result)
                return result.Failure;
            await Task.Delay(200, _patience.Token);
        }
    }

    private async Task WaitForRestAsync(string key, string reason)
    {
        while (await Topology.Bucket.ReadAsync($"steps/{key}/claim.json", _patience.Token) is not { } claim
            || !Encoding.UTF8.GetString(claim).Contains(reason, StringComparison.Ordinal))
            await Task.Delay(200, _patience.Token);
    }

    private async Task<StepResult> WaitForAsync(string run, string node)
    {
        while (true)
        {
            var plan = await Runs.PlanAsync(run, _patience.Token);
            if (plan.Steps.FirstOrDefault(s => s.Node == node)?.Result is { } result)
                return result;
            await Task.Delay(100, _patience.Token);
        }
    }

    private async Task<ArtifactRef> DenseCheckpointAsync(int seed) =>
        (await WaitForAsync(await SubmitAsync(ChaosRecipe.Write(poison.Folder, seed)), "dense")).Outputs[OutputNames.Checkpoint];

    private async Task DamageAsync(string digest)
    {
        var key = $"objects/sha256/{digest[..2]}/{digest}";
        var content = (await Topology.Bucket.ReadAsync(key, _patience.Token))!;
        content[^1] ^= 0xff;
        await Topology.Bucket.WriteAsync(key, content, _patience.Token);
    }

    private async Task AbortRunnerAsItTrainsAsync(Replica trainer)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        trainer.StoreObeyed = request =>
        {
            if (request.Puts("progress.json"))
                begun.TrySetResult();
            return Task.FromResult(false);
        };
        await begun.Task.WaitAsync(_patience.Token);
        trainer.Disarm();
        var runner = trainer.Process.Children().ShouldHaveSingleItem();
        // abort(3) raises its signal twice, because the runtime's handler returns from the first one.
        while (Signals.Send(runner, Signals.Abort) == 0)
            await Task.Delay(20, _patience.Token);
    }

    private async Task WaitForErrorAsync(string queue)
    {
        while ((await Topology.Broker.DepthsAsync(Topology.VirtualHost)).GetValueOrDefault(PipelineQueues.ErrorsOf(queue)) == 0)
            await Task.Delay(200, _patience.Token);
        await Topology.Broker.PurgeAsync(Topology.VirtualHost, PipelineQueues.ErrorsOf(queue));
    }
}
