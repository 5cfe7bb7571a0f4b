using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Hosting;

/// <summary>What an installation must know about a service.</summary>
/// <param name="Name">In lower case: of its container, deployment, user, key pair and settings file.</param>
/// <param name="Kinds">The kinds of step it computes.</param>
public sealed record ServiceDescription(string Name, IReadOnlyList<StepKindInfo> Kinds)
{
    /// <summary>Whether its image holds a runner, and so libtorch.</summary>
    public bool HasRunners => Kinds.Any(kind => kind.Place != StepPlace.Worker);

    /// <summary>The queues that are its own.</summary>
    public IReadOnlyList<string> Queues => [.. Kinds.SelectMany(kind => new[] { kind.Queue, kind.PlanningQueue })];
}
