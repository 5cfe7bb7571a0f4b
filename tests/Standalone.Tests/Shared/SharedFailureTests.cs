using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Standalone.Tests.Shared;

/// <summary>Poison on a real broker: seen with its reason, and nobody dies of it or tries for ever.</summary>
public sealed class SharedFailureTests(BrokerServer broker)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_step_that_throws_every_time_fails_visibly_and_can_be_run_again_once_that_is_mended()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var broken = true;
        var log = new JobLog { Script = (_, _) => broken ? throw new IOException("The disk is full.") : Task.CompletedTask };
        var host = await bus.AddHostAsync(log);
        var seen = new Observations();

        var failed = await host.RunAsync(Pipelines.Recipe(cycles: 1), seen, Pipelines.Patience());
        broken = false;
        var mended = await host.RunAsync(Pipelines.Recipe(cycles: 1), new Observations(), Pipelines.Patience());

        failed.Plan.Failure.ShouldNotBeNull().Code.ShouldBe(FailureCodes.StepFaulted);
        failed.Plan.Failure.Reason.ShouldContain("was begun 4 times");
        failed.Plan.Failure.Reason.ShouldContain("The disk is full.");
        mended.Plan.Finished.ShouldBeTrue();
    }

    [Fact]
    public async Task A_step_that_kills_its_workers_fails_visibly_instead_of_killing_them_all()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var host = await bus.AddHostAsync(new JobLog());
        var claims = host.Services.GetRequiredService<IClaimStore>();
        var dense = (await host.PlanAsync(Pipelines.Recipe(), Token)).Ready.Single();
        for (var i = 0; i < 4; i++)
        {
            await claims.TryClaimAsync(dense.Key!, "victim " + i, Token);
            await SharedBus.UntilAsync(async () => await claims.LookAsync(dense.Key!, Token) == ClaimLook.Free);
        }

        var outcome = await host.RunAsync(Pipelines.Recipe(), new Observations(), Pipelines.Patience());

        outcome.Plan.Failure.ShouldNotBeNull().Reason.ShouldContain("its worker died or fell silent");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/srv/data")]
    public async Task A_worker_reads_no_data_outside_the_roots_it_is_given(string roots)
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var log = new JobLog();
        var host = await bus.AddHostAsync(log, adjust: null, ("Data:Roots", roots));
        var recipe = Pipelines.Recipe(cycles: 1);

        var outcome = await host.RunAsync(recipe with { Data = recipe.Data with { Name = "csv", Path = "/etc" } }, new Observations(), Pipelines.Patience());

        var failure = outcome.Plan.Failed.Single(s => s.Node == "dense").Result!.Failure.ShouldNotBeNull();
        failure.Code.ShouldBe(FailureCodes.DataUnavailable);
        failure.Reason.ShouldContain("data.path '/etc'");
        failure.Reason.ShouldContain("Data:Roots");
        log.Keys.ShouldBeEmpty();
        (await bus.CountErrorsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_quorum_goes_on_without_a_candidate_that_throws_every_time()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        string? poisoned = null;
        var log = new JobLog { Script = (request, _) => IsPoison(request) ? throw new IOException("It throws.") : Task.CompletedTask };
        var host = await bus.AddHostAsync(log);

        var outcome = await host.RunAsync(Pipelines.Recipe(candidates: 3, cycles: 1, quorum: 2), new Observations(), Pipelines.Patience());

        outcome.Plan.Finished.ShouldBeTrue();
        outcome.Plan.Failed.Single().Result!.Failure!.Code.ShouldBe(FailureCodes.StepFaulted);

        bool IsPoison(object request)
        {
            if (request is not TrainRequest { Spec: { Mask: not null } spec })
                return false;
            var key = StepKey.Of(spec);
            return Interlocked.CompareExchange(ref poisoned, key, null) is not { } chosen || chosen == key;
        }
    }

    [Fact]
    public async Task A_command_of_another_version_is_left_to_workers_that_compute_it()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var log = new JobLog();
        var host = await bus.AddHostAsync(log);
        var spec = Spec(version: TrainSpec.CurrentVersion + 1);
        var (key, claims) = (StepKey.Of(spec), host.Services.GetRequiredService<IClaimStore>());
        await claims.TryMarkSentAsync(key, Token);

        await SharedBus.SendAsync(host, "train-checkpoint", new TrainCheckpoint { RunId = "scripted-000000000000", StepKey = key, Spec = spec });

        await SharedBus.UntilAsync(async () => await claims.LookAsync(key, Token) == ClaimLook.Free);
        log.Keys.ShouldBeEmpty();
        (await host.Steps.ReadResultAsync(key, Token)).ShouldBeNull();
        (await bus.CountErrorsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_command_nobody_can_have_sent_goes_to_the_error_queue()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var host = await bus.AddHostAsync(new JobLog());

        await SharedBus.SendAsync(host, "train-checkpoint", new TrainCheckpoint { RunId = "scripted-000000000000", StepKey = new string('0', 64), Spec = Spec(TrainSpec.CurrentVersion) });

        await SharedBus.UntilAsync(async () => await bus.CountAsync("train-checkpoint_error") == 1);
    }

    private static TrainSpec Spec(int version) => new()
    {
        AlgorithmVersion = version,
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Epochs = 1,
        Seed = 1,
        Schedule = MethodSpec.Of("linear"),
    };
}
