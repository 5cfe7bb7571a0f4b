using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Hosting;

/// <summary>What an installation must know about a service.</summary>
/// <param name="Name">In lower case: of its container, deployment, user, key pair and settings file.</param>
/// <param name="Kinds">The kinds of step it computes; none when it is no worker.</param>
public sealed record ServiceDescription(string Name, IReadOnlyList<StepKindInfo> Kinds)
{
    /// <summary>Whether it computes steps: then it is scaled by its queues, and any number of it may run on one machine.</summary>
    public bool IsWorker => Kinds.Count > 0;

    /// <summary>Whether its image holds a runner, and so libtorch.</summary>
    public bool HasRunners => Kinds.Any(kind => kind.Place != StepPlace.Worker);

    /// <summary>The queues that are its own.</summary>
    public IReadOnlyList<string> Queues => [.. Kinds.SelectMany(kind => new[] { kind.Queue, kind.PlanningQueue })];
}
