using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Standalone.Tests.Shared;

/// <summary>A worker that is told to stop hands on what it works on.</summary>
public sealed class StoppingTests(BrokerServer broker)
{
    // Nothing heals by itself in the time of a test: what goes on was handed over.
    private static readonly (string, string)[] Patient =
        [("Runs:SweepSeconds", "3600"), ("Claims:ResendSeconds", "3600"), ("Claims:LeaseSeconds", "3600")];

    [Fact]
    public async Task A_step_that_a_stop_interrupts_goes_on_in_another_worker_at_once()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var gate = new Gate();
        var stopping = await bus.AddHostAsync(new JobLog { Script = gate.Before(_ => true) }, adjust: null, Patient);
        await stopping.Services.GetRequiredService<RunSubmission>().SubmitAsync(Pipelines.Recipe(cycles: 1), CancellationToken.None);
        await gate.ReachedAsync();

        await bus.StopAsync(stopping);

        (await bus.CountAsync("train-checkpoint")).ShouldBe(1u);
        var resumed = new JobLog();
        var successor = await bus.AddHostAsync(resumed, adjust: null, Patient);
        await SharedBus.UntilAsync(async () => (await successor.PlanAsync(Pipelines.Recipe(cycles: 1), CancellationToken.None)).Finished);
        resumed.Trainings.Select(t => StepKey.Of(t.Spec)).ShouldBeUnique();
    }
}
