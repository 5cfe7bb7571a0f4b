using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace SparsePipeline.ServiceHost.Health;

/// <summary>Says when a service stops being ready and when it is ready again, however often somebody asks.</summary>
/// <remarks>Until it was ready once it starts, which is no news.</remarks>
internal sealed class ReadinessLog(ILogger<ReadinessLog> log)
{
    private readonly Lock _gate = new();
    private bool _wasReady;
    private string _missing = "";

    /// <summary>Takes note of an answer.</summary>
    public void Note(HealthReport report)
    {
        var missing = string.Join(", ", report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy).Select(e => e.Key).Order(StringComparer.Ordinal));
        lock (_gate)
        {
            var isNews = _missing != missing && _wasReady;
            (_missing, _wasReady) = (missing, _wasReady || missing.Length == 0);
            if (!isNews)
                return;
        }
        if (missing.Length == 0)
            log.ReadyAgain();
        else
            log.NotReady(string.Join(" ", report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy).Select(e => $"{e.Key}: {e.Value.Description}")));
    }
}
