using System.Collections.Concurrent;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Results and choices this process has seen. Both are written once, so they are not asked for twice;
/// only a failure that may be mended is ever forgotten, when its run is started again.</summary>
public sealed class ResultCache(IStepStore steps, IRunStore runs)
{
    private readonly ConcurrentDictionary<string, StepResult> _results = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string RunId, string Node), IReadOnlyList<string>> _choices = new();

    internal StepResult? Known(string key) => _results.GetValueOrDefault(key);

    internal IReadOnlyList<string>? KnownChoice(string runId, string node) => _choices.GetValueOrDefault((runId, node));

    /// <summary>Looks a result up in the store; true when it is there now.</summary>
    internal async Task<bool> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (await steps.ReadResultAsync(key, cancellationToken) is not { } result)
            return false;
        _results[key] = result;
        return true;
    }

    /// <summary>Deletes a failed result here and in the store, so that the step is tried again.</summary>
    internal async Task ForgetFailureAsync(string key, CancellationToken cancellationToken)
    {
        await steps.ForgetFailureAsync(key, cancellationToken);
        _results.TryRemove(key, out _);
    }

    /// <summary>Looks a choice up in the store; true when it is there now.</summary>
    internal async Task<bool> FindChoiceAsync(string runId, string node, CancellationToken cancellationToken)
    {
        if (await runs.ReadChoiceAsync(runId, node, cancellationToken) is not { } choice)
            return false;
        _choices[(runId, node)] = choice;
        return true;
    }
}
