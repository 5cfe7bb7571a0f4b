using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>What the run's steps would be refused for, each reason once, beginning with the first step it concerns; empty when nothing stands in the way.</summary>
public sealed record RehearseReply(IReadOnlyList<StepFailure> Problems);
