using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Tasks;

namespace SparsePipeline.Learning.Loop;

/// <summary>Ranges of a training's numbers.</summary>
internal static class TrainSpecCheck
{
    /// <exception cref="DomainException">All values out of range, at once.</exception>
    public static void Run(TrainSpec spec, DataSplits data)
    {
        var problems = Problems(spec).Concat(MixupProblems(spec, data.Shape)).Concat(TaskProblems(spec, data.Task)).ToList();
        if (problems.Count > 0)
            throw new DomainException(FailureCodes.InvalidOption, $"The training has {string.Join("; ", problems)}.", "Change these values.");
    }

    private static IEnumerable<string> Problems(TrainSpec spec)
    {
        if (spec.Epochs < 0)
            yield return $"epochs {spec.Epochs}, at least 0 is needed";
        if (spec.BatchSize is < 1 or > 65_536)
            yield return $"batchSize {spec.BatchSize}, outside [1, 65536]";
        if (!(spec.Momentum >= 0 && spec.Momentum < 1))
            yield return $"momentum {spec.Momentum}, outside [0, 1)";
        if (!(spec.WeightDecay >= 0 && double.IsFinite(spec.WeightDecay)))
            yield return $"weightDecay {spec.WeightDecay}, at least 0 is needed";
        if (spec.PeakLearningRate is { } rate && !(rate > 0 && double.IsFinite(rate)))
            yield return $"peakLearningRate {rate}, above 0 is needed";
        if (spec.ClipNorm is { } limit && !(limit > 0 && double.IsFinite(limit)))
            yield return $"clipNorm {limit}, above 0 is needed";
        if (!(spec.LabelSmoothing >= 0 && spec.LabelSmoothing < 1))
            yield return $"labelSmoothing {spec.LabelSmoothing}, outside [0, 1)";
        if (!Precisions.All.Contains(spec.Precision))
            yield return $"precision '{spec.Precision}', which is none of {string.Join(", ", Precisions.All)}";
        if (!(spec.Recalibration >= 0 && spec.Recalibration <= 1))
            yield return $"recalibration {spec.Recalibration}, outside [0, 1]";
    }

    private static IEnumerable<string> MixupProblems(TrainSpec spec, InputShape data)
    {
        if (!(spec.Mixup >= 0 && spec.Mixup <= 100))
            yield return $"mixup {spec.Mixup}, outside [0, 100]";
        else if (spec.Mixup > 0 && data.Kind == DataKinds.Text)
            yield return $"mixup {spec.Mixup} of text, which cannot be mixed";
    }

    private static IEnumerable<string> TaskProblems(TrainSpec spec, LearningTask task)
    {
        if (task.HasClasses)
            yield break;
        if (spec.LabelSmoothing > 0)
            yield return $"labelSmoothing {spec.LabelSmoothing}, and the task '{task.Info.Name}' has no labels to smooth";
        if (spec.Mixup > 0)
            yield return $"mixup {spec.Mixup}, and the task '{task.Info.Name}' has no labels to mix";
    }
}
