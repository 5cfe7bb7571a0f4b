using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Contracts;

/// <summary>What is measured beside the soups.</summary>
public sealed record EvaluationRecipe
{
    /// <summary>
    /// Baselines by name, or <c>all</c>: see the <c>baseline</c> axis. Null means dense, imp, imp-longer, mean-candidate and best-candidate; some of
    /// the others cost as much training as the run.
    /// </summary>
    [MethodAxis(MethodAxes.Baseline, AllowsEverything = true)]
    public IReadOnlyList<string>? Baselines { get; init; }

    /// <summary>
    /// Corruptions of the test split that every checkpoint is measured under, by name, or <c>all</c>. Null means none; each kind at
    /// each severity costs every checkpoint one pass over the test split.
    /// </summary>
    [MethodAxis(MethodAxes.Corruption, AllowsEverything = true)]
    public IReadOnlyList<string>? Corruptions { get; init; }

    /// <summary>Severities of the corruptions, 1 (mild) to 5 (severe). Null means all five.</summary>
    [Range(1, 5)]
    public IReadOnlyList<int>? Severities { get; init; }

    /// <summary>
    /// Metrics that are measured on every split beside accuracy, loss and calibration, by name, or <c>all</c>. Null means none; they cost next to nothing.
    /// </summary>
    [MethodAxis(MethodAxes.Metric, AllowsEverything = true)]
    public IReadOnlyList<string>? Metrics { get; init; }

    /// <summary>
    /// Measures on so many test examples at most, and on so many of each shift: always the same ones, drawn at random. Null takes all. For
    /// grids of many runs, where measuring costs more than training.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int? Examples { get; init; }

    /// <summary>
    /// Examples at a time with which every layer of the last soup is timed on the machine of an evaluator, dense and with its zeros left out,
    /// 1 to 1024; about a second per layer. Null times none. Every run measures for itself, and other work on that machine disturbs it.
    /// </summary>
    [Range(1, 1024)]
    public int? LatencyBatch { get; init; }
}
