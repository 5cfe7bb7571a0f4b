using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>
/// How a sitting at a step ended: with a result, with more to do, or without either when the step is another's or was interrupted.
/// </summary>
/// <param name="Result">The stored result, or null.</param>
/// <param name="Continue">Whether the same worker should go on.</param>
internal sealed record SittingEnd(StepResult? Result, bool Continue)
{
    public static SittingEnd Nothing { get; } = new(Result: null, Continue: false);

    public static SittingEnd ToBeContinued { get; } = new(Result: null, Continue: true);
}
