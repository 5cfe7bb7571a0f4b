namespace SparsePipeline.Contracts;

/// <summary>Does something for a kind of step that needs its types, as a bus does for messages.</summary>
public interface IStepKindVisitor
{
    /// <summary>Called by <see cref="StepKindInfo.Accept"/>.</summary>
    void Visit<TSpec, TCommand>(StepKindOf<TSpec, TCommand> kind)
        where TSpec : StepSpec
        where TCommand : class;
}
