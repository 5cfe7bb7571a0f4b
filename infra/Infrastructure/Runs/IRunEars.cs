namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Hears the events of single runs, for whoever follows them.</summary>
public interface IRunEars
{
    /// <summary>Passes the events of a run on to <see cref="RunWatches"/> from when it returns until what it returns is disposed of.</summary>
    Task<IAsyncDisposable> ListenAsync(string runId, CancellationToken cancellationToken);
}
