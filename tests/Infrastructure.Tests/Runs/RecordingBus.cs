using System.Threading.Channels;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Tests.Runs;

/// <summary>Remembers what was told to workers.</summary>
internal sealed class RecordingBus : IRunBus
{
    private readonly Channel<string> _nudged = Channel.CreateUnbounded<string>();

    /// <summary>Runs nudged since last asked, in order.</summary>
    public IReadOnlyList<string> Nudged
    {
        get
        {
            var runs = new List<string>();
            while (_nudged.Reader.TryRead(out var run))
                runs.Add(run);
            return runs;
        }
    }

    public List<string> Submitted { get; } = [];

    public ValueTask<string> NextNudgeAsync() => _nudged.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public Task SubmittedAsync(string runId, CancellationToken cancellationToken)
    {
        Submitted.Add(runId);
        return Task.CompletedTask;
    }

    public Task NudgedAsync(string runId, CancellationToken cancellationToken) => _nudged.Writer.WriteAsync(runId, cancellationToken).AsTask();

    public Task CancelledAsync(string runId, CancellationToken cancellationToken) => Task.CompletedTask;
}
