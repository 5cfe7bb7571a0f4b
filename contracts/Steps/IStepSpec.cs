namespace SparsePipeline.Contracts;

/// <summary>A spec that says what is special about its kind of step.</summary>
/// <typeparam name="TSelf">The spec.</typeparam>
/// <typeparam name="TCommand">The message a step of the kind is sent as.</typeparam>
public interface IStepSpec<TSelf, TCommand>
    where TSelf : StepSpec, IStepSpec<TSelf, TCommand>
    where TCommand : class
{
    /// <summary>The kind; <see cref="StepKinds.Infos"/> lists it too.</summary>
    static abstract StepKindOf<TSelf, TCommand> Info { get; }
}
