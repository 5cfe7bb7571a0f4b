using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Sets every step of a run up as the run would, on weights that are not trained, and keeps nothing.</summary>
/// <param name="Recipe">With its data's digest and its files named by content.</param>
/// <param name="Script">The model's file on this machine; null for models that are built in.</param>
/// <param name="Weights">The start weights' file on this machine; null without.</param>
/// <param name="Networks">Files of networks that are given to be averaged, on this machine, by their digests; null without.</param>
public sealed record RehearseRequest(Recipe Recipe, string? Script, string? Weights, IReadOnlyDictionary<string, string>? Networks = null)
    : IRunnerRequest<RehearseReply>
{
    /// <inheritdoc />
    public static string Job => "rehearse";
}

/// <summary>What the run's steps would be refused for, each reason once, beginning with the first step it concerns; empty when nothing stands in the way.</summary>
public sealed record RehearseReply(IReadOnlyList<StepFailure> Problems);
