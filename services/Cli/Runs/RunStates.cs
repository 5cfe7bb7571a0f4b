using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Runs;

/// <summary>A run in one word, as it is written in output.</summary>
internal static class RunStates
{
    public const string Unfinished = "unfinished";
    public const string Cancelled = "cancelled";
    public const string Failed = "failed";
    public const string Finished = "finished";

    /// <summary>All of them, in the order in which somebody would want to look at them.</summary>
    public static IReadOnlyList<string> All { get; } = [Unfinished, Failed, Cancelled, Finished];

    public static string Of(Plan plan, bool isCancelled) =>
        plan.Failure is not null ? Failed : plan.Finished ? Finished : isCancelled ? Cancelled : Unfinished;
}
