using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Somebody who watches a run. Calls come one at a time; an observer must not block.</summary>
public interface IRunObserver
{
    /// <summary>Called after every planning, first with what is cached already.</summary>
    void Planned(string runId, Plan plan);

    void Started(StepStarted started);

    void Progressed(StepProgressed progressed);

    void Failed(StepFailed failed);
}
