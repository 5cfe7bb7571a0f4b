using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>The computation of one kind of step: a pure function of its spec. Everything else is the step worker's.</summary>
public interface IStepHandler<TSpec>
    where TSpec : StepSpec
{
    /// <summary>
    /// Loads the inputs, computes and stores the outputs. Throws <see cref="DomainException"/> for input it refuses, which becomes
    /// the step's result; any other exception means that another try may help.
    /// </summary>
    /// <param name="spec">What to do.</param>
    /// <param name="slice">Where an earlier slice stopped, and whom to tell about progress.</param>
    /// <param name="cancellationToken">Stops the work; progress told so far is kept.</param>
    Task<StepOutcome> ComputeAsync(TSpec spec, StepSlice slice, CancellationToken cancellationToken);
}
