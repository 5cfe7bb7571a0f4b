using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;

namespace SparsePipeline.Standalone.Tests.Fakes;

/// <summary>Everything an observer was told.</summary>
internal sealed class Observations : IRunObserver
{
    public List<Plan> Plans { get; } = [];

    public List<StepStarted> Starts { get; } = [];

    public List<StepProgressed> Progress { get; } = [];

    public List<StepFailed> Failures { get; } = [];

    public void Planned(string runId, Plan plan) => Plans.Add(plan);

    public void Started(StepStarted started) => Starts.Add(started);

    public void Progressed(StepProgressed progressed) => Progress.Add(progressed);

    public void Failed(StepFailed failed) => Failures.Add(failed);
}
