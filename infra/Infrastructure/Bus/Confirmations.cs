using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The bound of every wait for the bus to take a message.</summary>
/// <remarks>
/// A broker that is killed while it takes a message may never confirm it, nor refuse it: the connection is made anew and the wait goes on.
/// Nothing that is sent is worth waiting for: the sweep finds what did not arrive. When several messages in a row were not confirmed, the
/// channel is broken whatever the bus says of itself, and <see cref="ConsumerWatch"/> has it built anew. Decision 0036.
/// </remarks>
public sealed class Confirmations(IOptions<BusOptions> options, TimeProvider time, ILogger<Confirmations> log)
{
    private const int Tolerated = 2;
    private int _missing;

    /// <summary>Whether several messages in a row were not confirmed in time, and none since.</summary>
    public bool AreMissing => Volatile.Read(ref _missing) >= Tolerated;

    /// <summary>Sends, and returns when the bus has taken the message.</summary>
    /// <param name="what">The message, for people.</param>
    /// <param name="send">Sends it; what it still waits for after its token was cancelled is left behind.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    /// <exception cref="BusSilentException">It was not confirmed within <c>Bus:ConfirmSeconds</c>; it may have arrived all the same.</exception>
    public async Task WithinAsync(string what, Func<CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.ConfirmSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await send(either.Token).WaitAsync(either.Token);
            Volatile.Write(ref _missing, 0);
        }
        catch (Exception exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Interlocked.Increment(ref _missing);
            throw new BusSilentException(what, options.Value.ConfirmSeconds, exception);
        }
    }

    /// <summary>As <see cref="WithinAsync"/>, for a message that only makes things faster: that it was not confirmed costs a line in the log.</summary>
    public async Task TryWithinAsync(string what, Func<CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        try
        {
            await WithinAsync(what, send, cancellationToken);
        }
        catch (BusSilentException silent)
        {
            log.MessageNotConfirmed(silent.Message);
        }
    }
}
