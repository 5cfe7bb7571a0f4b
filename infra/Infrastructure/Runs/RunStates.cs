using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>A run in one word, as it is written in documents and output.</summary>
public static class RunStates
{
    /// <summary>Something is left to do.</summary>
    public const string Unfinished = "unfinished";

    /// <summary>Somebody stopped it before it had ended.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>It cannot finish.</summary>
    public const string Failed = "failed";

    /// <summary>Its last soup exists and nothing is left to do.</summary>
    public const string Finished = "finished";

    /// <summary>All of them, in the order in which somebody would want to look at them.</summary>
    public static IReadOnlyList<string> All { get; } = [Unfinished, Failed, Cancelled, Finished];

    /// <summary>The state of a run with this plan.</summary>
    public static string Of(Plan plan, bool isCancelled) => plan switch
    {
        { Failure: { } failure } => failure.Code == FailureCodes.Cancelled ? Cancelled : Failed,
        { Finished: true } => Finished,
        _ => isCancelled ? Cancelled : Unfinished,
    };
}
