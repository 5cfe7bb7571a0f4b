using System.Text.Json;
using SparsePipeline.Chaos.Store;

namespace SparsePipeline.Chaos.Invariants;

/// <summary>
/// Who worked on which step, how often, and what is unfinished: read from the claims and results that pass the proxies, so it needs no
/// hook in any service.
/// </summary>
internal sealed class StepLedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StepRecord> _steps = new(StringComparer.Ordinal);

    /// <summary>Notes what the store has just done for a replica.</summary>
    public void Note(string replica, StoreRequest request, int status)
    {
        if (request.StepKey is not { } key || status is < 200 or > 299)
            return;
        lock (_gate)
        {
            if (request.Puts("claim.json"))
                NoteClaim(replica, StepOf(key), request.Document);
            else if (request.Puts("result.json"))
                (StepOf(key).HasResult, StepOf(key).Holder) = (true, null);
        }
    }

    /// <summary>Steps somebody sent or took on that have no result yet.</summary>
    public IReadOnlyList<string> Unfinished => Select(s => !s.HasResult, (key, _) => key);

    /// <summary>Replicas that hold a claim now.</summary>
    public IReadOnlyList<string> Holders => [.. Select(s => s.Holder is not null, (_, step) => step.Holder!).Distinct()];

    /// <summary>Executions beyond the first of each step.</summary>
    public int ExtraExecutions => Select(s => s.Executions > 1, (_, step) => step.Executions - 1).Sum();

    /// <summary>Most tries without progress any claim ever counted.</summary>
    public int MostAttempts => Select(_ => true, (_, step) => step.MostAttempts).DefaultIfEmpty().Max();

    /// <summary>Steps with a result.</summary>
    public int Finished => Select(s => s.HasResult, (key, _) => key).Count;

    /// <summary>Whether all of these have results.</summary>
    public bool AreFinished(IEnumerable<string> keys)
    {
        lock (_gate)
            return keys.All(key => StepOf(key).HasResult);
    }

    private static void NoteClaim(string replica, StepRecord step, ReadOnlyMemory<byte> document)
    {
        using var claim = JsonDocument.Parse(document);
        var owner = claim.RootElement.TryGetProperty("owner", out var o) ? o.GetString() : null;
        var attempts = claim.RootElement.TryGetProperty("attempts", out var a) ? a.GetInt32() : 0;
        var isHeld = owner is not (null or "sent" or "paused");
        var begins = isHeld && (step.Holder != replica || attempts > step.MostAttempts);
        if (begins && !step.IsContinued)
            step.Executions++;
        step.IsContinued = owner == "sent" && (step.Holder == replica || step.IsContinued);
        step.Holder = isHeld ? replica : null;
        step.MostAttempts = Math.Max(step.MostAttempts, attempts);
    }

    private List<T> Select<T>(Func<StepRecord, bool> which, Func<string, StepRecord, T> what)
    {
        lock (_gate)
            return [.. _steps.Where(s => which(s.Value)).Select(s => what(s.Key, s.Value))];
    }

    private StepRecord StepOf(string key)
    {
        if (!_steps.TryGetValue(key, out var step))
            _steps[key] = step = new StepRecord();
        return step;
    }
}
