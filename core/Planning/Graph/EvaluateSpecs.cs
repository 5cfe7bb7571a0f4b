using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The measurements of a recipe.</summary>
internal static class EvaluateSpecs
{
    /// <summary>Of one checkpoint.</summary>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    public static EvaluateSpec Of(Recipe recipe, ArtifactRef checkpoint) => new()
    {
        AlgorithmVersion = EvaluateSpec.CurrentVersion,
        Checkpoint = checkpoint,
        Model = recipe.Model,
        Data = recipe.Data.ForMeasuring(),
        Task = recipe.Task,
        Corruptions = recipe.Evaluation.Corruptions?.Order(StringComparer.Ordinal).ToArray(),
        CorruptionLevels = CorruptionLevels.Of(recipe.Evaluation.Corruptions),
        Severities = recipe.Evaluation.Severities?.Order().ToArray(),
        Metrics = recipe.Evaluation.Metrics?.Order(StringComparer.Ordinal).ToArray(),
        Examples = recipe.Evaluation.Examples,
    };

    /// <summary>How long the layers of a checkpoint take, for this run alone.</summary>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="batch">Examples at a time.</param>
    public static TimeSpec TimeOf(Recipe recipe, ArtifactRef checkpoint, int batch) => new()
    {
        AlgorithmVersion = TimeSpec.CurrentVersion,
        Run = RunId.Of(recipe),
        Checkpoint = checkpoint,
        Model = recipe.Model,
        Data = recipe.Data.ForMeasuring(),
        Task = recipe.Task,
        Batch = batch,
    };

    /// <summary>Of what those members of a gate predict together that it admits, at least one.</summary>
    public static EvaluateSpec OfVote(Recipe recipe, GraphBuilder graph, int members) =>
        Of(recipe, graph.MemberOutput(0, OutputNames.Checkpoint)) with
        {
            Others = [.. Enumerable.Range(1, members - 1).Select(i => graph.MemberOutput(i, OutputNames.Checkpoint))],
        };
}
