namespace SparsePipeline.Contracts;

/// <summary>A kind of step with the types of its spec and its command.</summary>
/// <typeparam name="TSpec">What a step does.</typeparam>
/// <typeparam name="TCommand">The message it is sent as.</typeparam>
public sealed class StepKindOf<TSpec, TCommand> : StepKindInfo
    where TSpec : StepSpec
    where TCommand : class
{
    /// <summary>The message of an order.</summary>
    public required Func<StepOrder<TSpec>, TCommand> ToCommand { get; init; }

    /// <summary>The order that a message holds.</summary>
    public required Func<TCommand, StepOrder<TSpec>> ToOrder { get; init; }

    /// <inheritdoc />
    public override Type Spec => typeof(TSpec);

    /// <inheritdoc />
    public override Type Command => typeof(TCommand);

    /// <inheritdoc />
    public override void Accept(IStepKindVisitor visitor) => visitor.Visit(this);
}
