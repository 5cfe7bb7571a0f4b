using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

/// <summary>One real run in a store of its own, which the tests of the commands that look at runs share.</summary>
public sealed class FinishedRun : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    public string Store => folder.File("store");

    public string Recipe => folder.File("small.yaml");

    internal CliRun First { get; private set; } = null!;

    /// <summary>The report of the first run, before another replaces it.</summary>
    internal string FirstReport { get; private set; } = "";

    internal string this[string name] => folder.File(name);

    public async ValueTask InitializeAsync()
    {
        SmallRecipe.Write(Recipe);
        First = await CliRun.InvokeAsync("run", Recipe, "--store", Store, "--runners", "1");
        FirstReport = await File.ReadAllTextAsync(First.Output.TrimEnd('\n').Split('\n')[^1]["report: ".Length..]);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
