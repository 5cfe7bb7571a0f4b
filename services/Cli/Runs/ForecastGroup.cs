using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Runs;

/// <summary>The steps of one part of a run: <c>dense</c>, <c>cycle-2</c>, <c>imp</c>, …</summary>
/// <param name="Part">First segment of the nodes' names.</param>
/// <param name="Cached">Steps whose result is there.</param>
/// <param name="WillRun">Steps that will run for certain.</param>
/// <param name="InputsChange">Steps that will run unless their inputs turn out as before.</param>
/// <param name="Lost">Steps that failed or cannot be reached.</param>
/// <param name="Epochs">Training epochs to be spent.</param>
/// <param name="Seconds">Compute time to be spent; null when nothing like it was measured.</param>
/// <param name="Bytes">Bytes to be written; null when nothing like it was stored.</param>
internal sealed record ForecastGroup(string Part, int Cached, int WillRun, int InputsChange, int Lost, int Epochs, double? Seconds, long? Bytes)
{
    /// <summary>The parts of a forecast in the order of its steps.</summary>
    public static IReadOnlyList<ForecastGroup> Of(PlanForecast forecast) =>
        [.. forecast.Steps.GroupBy(s => s.Node.Split('/')[0]).Select(g => Of(g.Key, [.. g]))];

    private static ForecastGroup Of(string part, List<ForecastStep> steps) => new(
        part,
        steps.Count(s => s.State == ForecastState.Cached),
        steps.Count(s => s.State == ForecastState.WillRun),
        steps.Count(s => s.State == ForecastState.InputsChange),
        steps.Count(s => s.State is ForecastState.Failed or ForecastState.Unreachable),
        steps.Sum(s => s.Epochs),
        steps.Exists(s => s.Seconds is null) ? null : steps.Sum(s => s.Seconds),
        steps.Exists(s => s.Bytes is null) ? null : steps.Sum(s => s.Bytes));
}
