using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>What a run will do and cost, told before anything is spent.</summary>
public sealed record PlanForecast
{
    /// <summary>All steps in dependency order.</summary>
    public required IReadOnlyList<ForecastStep> Steps { get; init; }

    /// <summary>Steps whose results exist.</summary>
    public int Cached => Steps.Count(s => s.State == ForecastState.Cached);

    /// <summary>Steps that will run; an upper bound, since changed inputs may turn out equal.</summary>
    public int ToRun => Steps.Count(s => s.Runs);

    /// <summary>Training epochs of the steps that will run.</summary>
    public int Epochs => Steps.Sum(s => s.Epochs);

    /// <summary>Estimated compute time of all steps that will run, in seconds; null when some kind was never measured.</summary>
    public double? Seconds => Steps.Any(s => s.Seconds is null) ? null : Steps.Sum(s => s.Seconds);

    /// <summary>Estimated bytes written; null when some kind was never stored.</summary>
    public long? Bytes => Steps.Any(s => s.Bytes is null) ? null : Steps.Sum(s => s.Bytes);

    /// <summary>Estimated compute time along the longest chain of steps, in seconds: no number of workers is faster.</summary>
    public required double? CriticalSeconds { get; init; }

    /// <summary>The forecast of a plan.</summary>
    /// <param name="plan">The plan; its results are the first source of costs.</param>
    /// <param name="history">Results of other runs on the same machine, as further sources of costs.</param>
    public static PlanForecast Of(Plan plan, IEnumerable<StepResult>? history = null)
    {
        var costs = new CostModel([.. plan.Steps.Select(s => s.Result).OfType<StepResult>(), .. history ?? []]);
        ForecastStep[] steps = [.. plan.Steps.Select(s => Forecast(s, plan.Failure is null, costs))];
        return new() { Steps = steps, CriticalSeconds = LongestChain(plan, steps) };
    }

    /// <summary>Estimated wall-clock time with a number of workers, in seconds: as good as an even spread can be.</summary>
    public double? WallSeconds(int workers) =>
        Seconds is { } total && CriticalSeconds is { } critical ? Math.Max(critical, total / Math.Max(1, workers)) : null;

    private static ForecastStep Forecast(PlannedStep step, bool goesOn, CostModel costs)
    {
        var state = State(step.State, goesOn);
        return state is ForecastState.WillRun or ForecastState.InputsChange
            ? new(step.Node, step.Kind, state, step.Epochs, costs.Seconds(step), costs.Bytes(step.Kind))
            : new(step.Node, step.Kind, state, 0, 0, 0);
    }

    private static ForecastState State(StepState state, bool goesOn) => state switch
    {
        StepState.Done => ForecastState.Cached,
        StepState.Ready when goesOn => ForecastState.WillRun,
        StepState.Waiting when goesOn => ForecastState.InputsChange,
        StepState.Failed => ForecastState.Failed,
        _ => ForecastState.Unreachable,
    };

    private static double? LongestChain(Plan plan, ForecastStep[] steps)
    {
        if (steps.Any(s => s.Seconds is null)) return null;
        var ends = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < steps.Length; i++)
            ends[steps[i].Node] = steps[i].Seconds!.Value + plan.Steps[i].DependsOn.Select(d => ends[d]).DefaultIfEmpty(0).Max();
        return ends.Values.DefaultIfEmpty(0).Max();
    }
}
