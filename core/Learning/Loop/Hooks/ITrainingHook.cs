using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Loop.Hooks;

/// <summary>Something that acts on the updates of a training besides its optimiser: moving masks, penalties, rules to stop by.</summary>
internal interface ITrainingHook : IMethod
{
    /// <summary>Options with which the training ends in the same bytes as without the hook, beside those that have no default; the conformance tests hold it to that.</summary>
    MethodOptions Neutral { get; }

    /// <summary>What it does to one training, from before the first update on. The caller disposes it.</summary>
    /// <exception cref="DomainException">The hook does not go with this training.</exception>
    TrainingEffect Begin(TrainingContext context, OptionValues options);
}
