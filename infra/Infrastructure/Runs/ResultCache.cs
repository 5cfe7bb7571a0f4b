using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Results and choices this process has seen lately. Both are written once, so they are seldom asked for twice.</summary>
/// <remarks>
/// A failure that may be mended is never kept: another process may have forgotten it in the store when its run was started again. A result is
/// believed only while it is there: somebody may delete one whose outputs are lost, so it is looked for again when a run is submitted or nudged, before
/// a step is sent that needs it, and before a run counts as ended.
/// </remarks>
public sealed class ResultCache(IStepStore steps, IClaimStore claims, IRunStore runs)
{
    // About a kilobyte each: thousands of runs pass through without the memory growing.
    private const int Results = 20_000;
    private const int Choices = 5_000;
    private readonly RecentlyUsed<string, StepResult> _results = new(Results, StringComparer.Ordinal);
    private readonly RecentlyUsed<(string RunId, string Node), IReadOnlyList<string>> _choices = new(Choices);

    internal StepResult? Known(string key) => _results.TryGet(key, out var result) ? result : null;

    internal IReadOnlyList<string>? KnownChoice(string runId, string node) => _choices.TryGet((runId, node), out var choice) ? choice : null;

    /// <summary>Looks a result up in the store; null when it is not there.</summary>
    internal async Task<StepResult?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var result = await steps.ReadResultAsync(key, cancellationToken);
        if (result is not null && !IsMendable(result))
            _results.Set(key, result);
        else
            _results.Remove(key);
        return result;
    }

    /// <summary>Deletes a result whose outputs are lost, so that the step is computed again.</summary>
    internal async Task ForgetAsync(string key, CancellationToken cancellationToken)
    {
        await claims.ForgetAsync(key, cancellationToken);
        await steps.DeleteResultAsync(key, cancellationToken);
        _results.Remove(key);
    }

    /// <summary>Deletes a failed result in the store, so that the step is tried again.</summary>
    internal async Task ForgetFailureAsync(string key, CancellationToken cancellationToken)
    {
        // The claim first: without its result the step may be sent at once, and must not be given up at once for its old attempts.
        await claims.ForgetAsync(key, cancellationToken);
        await steps.ForgetFailureAsync(key, cancellationToken);
    }

    /// <summary>Looks a choice up in the store; null when it is not there.</summary>
    internal async Task<IReadOnlyList<string>?> FindChoiceAsync(string runId, string node, CancellationToken cancellationToken)
    {
        var choice = await runs.ReadChoiceAsync(runId, node, cancellationToken);
        if (choice is not null)
            _choices.Set((runId, node), choice);
        return choice;
    }

    internal static bool IsMendable(StepResult result) => result.Failure is { } failure && FailureCodes.Mendable.Contains(failure.Code);
}
