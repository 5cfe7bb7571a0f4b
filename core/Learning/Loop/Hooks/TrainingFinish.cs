using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Loop.Hooks;

/// <summary>What a finished training says of itself, to be added to.</summary>
/// <param name="report">The log so far.</param>
internal sealed class TrainingFinish(TrainReport report)
{
    /// <summary>The training's log.</summary>
    public TrainReport Report { get; set; } = report;

    /// <summary>Metrics of the step beside its own, by name.</summary>
    public SortedDictionary<string, double> Metrics { get; } = new(StringComparer.Ordinal);

    /// <summary>Figures of the hook that is asked, by name; they go into its section of the report. Nothing in them may depend on the machine.</summary>
    public SortedDictionary<string, double> Figures { get; internal set; } = new(StringComparer.Ordinal);
}
