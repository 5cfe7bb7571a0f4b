using System.Diagnostics.CodeAnalysis;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Verification;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Files;

/// <summary>How far a verification is and how long it takes yet, every few seconds on a line of its own.</summary>
/// <param name="output">Standard error, so that standard output carries the findings only.</param>
/// <param name="time">Clock.</param>
/// <param name="countBytes">Whether bytes take the time, and not the number of blobs.</param>
internal sealed class VerificationLines(TextWriter output, TimeProvider time, bool countBytes) : IVerificationProgress, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private ITimer? _timer;
    private (long Blobs, long Bytes) _all;
    private (long Blobs, long Bytes) _done;

    [SuppressMessage("Design", "CA1001", Justification = "The timer is disposed of in Dispose.")]
    public void Begin(long blobs, long bytes)
    {
        _all = (blobs, bytes);
        Line($"looking at {Figures.Count(blobs)} blobs of {Figures.Bytes(bytes)}");
        _timer = time.CreateTimer(_ => Say(), state: null, Interval, Interval);
    }

    public void Looked(ArtifactRef blob)
    {
        lock (_gate)
            _done = (_done.Blobs + 1, _done.Bytes + blob.SizeBytes);
    }

    public void Dispose() => _timer?.Dispose();

    internal void Say()
    {
        lock (_gate)
        {
            var share = countBytes ? Share(_done.Bytes, _all.Bytes) : Share(_done.Blobs, _all.Blobs);
            var left = share > 0 ? $", about {Figures.Duration(time.GetElapsedTime(_start).TotalSeconds * (1 - share) / share)} left" : "";
            Line($"{100 * share:0} %, {Figures.Count(_done.Blobs)} blobs of {Figures.Bytes(_done.Bytes)}{left}");
        }
    }

    private static double Share(long done, long all) => all == 0 ? 1 : (double)done / all;

    private void Line(string text) => output.WriteLine(text);
}
