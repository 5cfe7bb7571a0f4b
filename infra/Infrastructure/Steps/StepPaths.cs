
namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Keys of a step's documents.</summary>
internal static class StepPaths
{
    public static string Spec(string key) => $"steps/{key}/spec.json";

    public static string Claim(string key) => $"steps/{key}/claim.json";

    public static string Progress(string key) => $"steps/{key}/progress.json";

    /// <summary>The step whose resume points the document with this key lists; null when it is another document.</summary>
    public static string? StepOfProgress(string key) => key.Split('/') is ["steps", var step, "progress.json"] ? step : null;

    /// <summary>Where the bytes of a damaged result are kept.</summary>
    public static string Damaged(string key, string digest) => $"steps/{key}/damaged/{digest}.json";

    /// <summary>Where all steps are.</summary>
    public const string All = "steps/";

    /// <summary>The step whose result the document with this key is; null when it is another document.</summary>
    public static string? StepOfResult(string key) => key.Split('/') is ["steps", var step, "result.json"] ? step : null;

    public static string Result(string key) => $"steps/{key}/result.json";
}
