using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Loop;

/// <summary>The error of a training that blew up.</summary>
internal static class Divergence
{
    public static DomainException Error(string finding) => new(
        FailureCodes.Diverged, $"The training diverged: {finding}.", "Lower the learning rate, or add a warm-up to the schedule.");
}
