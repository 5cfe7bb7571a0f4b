using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>What sets one kind of step apart from the others.</summary>
/// <param name="Name">One of <see cref="StepKinds"/>.</param>
/// <param name="Version">The algorithm version this worker computes; it leaves all others alone.</param>
/// <param name="Queue">Endpoint name of the step command's consumer.</param>
/// <param name="Command">The command message for an order.</param>
public sealed record StepKind<TSpec>(string Name, int Version, string Queue, Func<StepOrder<TSpec>, object> Command)
    where TSpec : StepSpec;
