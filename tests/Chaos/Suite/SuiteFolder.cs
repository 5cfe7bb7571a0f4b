namespace SparsePipeline.Chaos.Suite;

/// <summary>Where logs, stores and recipes of a round are; kept when there is something to look into.</summary>
internal sealed class SuiteFolder : IAsyncDisposable
{
    private bool _keep;

    public SuiteFolder(string name) => Path = Directory.CreateTempSubdirectory($"sparsepipeline-chaos-{name}-").FullName;

    public string Path { get; }

    /// <summary>Leaves the folder where it is.</summary>
    public void Keep(bool keep) => _keep = keep;

    public ValueTask DisposeAsync()
    {
        if (!_keep)
            Directory.Delete(Path, recursive: true);
        return ValueTask.CompletedTask;
    }
}
