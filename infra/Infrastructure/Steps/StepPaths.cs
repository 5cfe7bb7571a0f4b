namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Keys of a step's documents.</summary>
internal static class StepPaths
{
    public static string Spec(string key) => $"steps/{key}/spec.json";

    public static string Claim(string key) => $"steps/{key}/claim.json";

    public static string Progress(string key) => $"steps/{key}/progress.json";

    public static string Result(string key) => $"steps/{key}/result.json";
}
