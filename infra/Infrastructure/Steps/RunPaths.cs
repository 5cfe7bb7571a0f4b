namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Keys of a run's documents.</summary>
internal static class RunPaths
{
    public const string All = "runs/";

    public const string AllActive = All + "active/";

    private const string Extension = ".json";

    private const string RecipeName = "/recipe.json";

    public static string Recipe(string runId) => All + runId + RecipeName;

    public static string Graph(string runId) => $"{All}{runId}/graph.json";

    public static string Submitted(string runId) => $"{All}{runId}/submitted.json";

    public static string Work(string runId) => $"{All}{runId}/work.json";

    public static string Cancelled(string runId) => $"{All}{runId}/cancelled.json";

    public static string Ended(string runId) => $"{All}{runId}/ended.json";

    public static string Active(string runId) => AllActive + runId + Extension;

    /// <summary>The run of an entry of the index of active runs.</summary>
    public static string ActiveRunOf(string key) => key[AllActive.Length..^Extension.Length];

    public static string Trace(string runId) => $"{All}{runId}/trace.json";

    public static string Choice(string runId, string node) => $"{All}{runId}/choices/{node}.json";

    /// <summary>Where the bytes of a damaged document of a run are kept: <c>runs/{runId}/damaged/recipe-{digest}.json</c>.</summary>
    public static string Damaged(string key, string digest)
    {
        var ofRun = key.IndexOf('/', All.Length) + 1;
        return $"{key[..ofRun]}damaged/{key[ofRun..^Extension.Length]}-{digest}{Extension}";
    }

    /// <summary>The run whose recipe has this key; null when it is another document.</summary>
    public static string? RunOf(string key) =>
        key.EndsWith(RecipeName, StringComparison.Ordinal) ? key[All.Length..^RecipeName.Length] : null;
}
