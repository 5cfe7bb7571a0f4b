using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Jobs a runner knows, by name on the wire.</summary>
public static class RunnerJobs
{
    /// <summary><see cref="TrainRequest"/> → <see cref="TrainReply"/>.</summary>
    public const string Train = "train";

    /// <summary><see cref="EvaluateRequest"/> → <see cref="EvaluateReply"/>.</summary>
    public const string Evaluate = "evaluate";

    /// <summary><see cref="ScoreRequest"/> → <see cref="ScoreReply"/>.</summary>
    public const string Score = "score";

    /// <summary><see cref="RehearseRequest"/> → <see cref="RehearseReply"/>.</summary>
    public const string Rehearse = "rehearse";

    /// <summary><see cref="BenchModelRequest"/> → <see cref="LatencyReport"/>.</summary>
    public const string BenchModel = "bench-model";
}
