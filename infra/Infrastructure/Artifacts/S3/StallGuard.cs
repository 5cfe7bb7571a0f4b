using SparsePipeline.Infrastructure.Claims;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>Cancels a request that has moved no bytes for a while, however long the whole takes.</summary>
internal sealed class StallGuard : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _source;

    public StallGuard(TimeSpan patience, CancellationToken cancellationToken)
    {
        _patience = patience;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _source.CancelAfter(patience);
    }

    /// <summary>Cancelled when the request stalls or is no longer wanted.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Bytes have moved: wait again.</summary>
    public void Moved()
    {
        WorkPulse.Beat();
        _source.CancelAfter(_patience);
    }

    public void Dispose() => _source.Dispose();
}
