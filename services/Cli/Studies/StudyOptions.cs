using System.CommandLine;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Studies;

/// <summary>Options of <c>study</c>.</summary>
internal static class StudyOptions
{
    static StudyOptions() => AtOnce.Validators.Add(result =>
    {
        if (result.Tokens is [{ } token] && NumberText.Whole(token.Value) is { } count and not (>= 1 and <= 64))
            result.AddError($"--at-once is {count}, but must be 1 to 64.");
    });

    public static Option<bool> Plan { get; } = new("--plan") { Description = "Say how many runs and steps there are, how many are cached and how long the rest takes; run nothing." };

    public static Option<int?> AtOnce { get; } = new("--at-once")
    {
        Description = "Runs that go on side by side, 1 to 64; as many as there are runners when left out. They share the runners.",
        HelpName = "N",
    };

    public static Option<bool> CachedOnly { get; } = new("--cached-only")
    {
        Description = "Run nothing: write what the seeds say of which every cell of a grid is in the store, and name the seeds and studies that are missing.",
    };

    public static Option<string?> Earlier { get; } = new("--earlier")
    {
        Description = "Take the finished runs that NAME/study.json of an earlier --output tells of from there instead of running them; the page says which they are.",
        HelpName = "FOLDER",
    };

    public static Option<string?> Output { get; } = new("--output", "-o")
    {
        Description = "Folder for NAME/study.json, NAME/study.md and the charts of each study; {store}/studies when left out.",
        HelpName = "FOLDER",
    };

    public static Option<string?> Page { get; } = new("--page")
    {
        Description = "Also write one Markdown page about all studies given.",
        HelpName = "FILE",
    };

    public static Option<string?> Preface { get; } = new("--preface")
    {
        Description = "Markdown that --page begins with; written by hand, so it is kept when the page is written again.",
        HelpName = "FILE",
    };
}
