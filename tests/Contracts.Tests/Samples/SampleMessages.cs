namespace SparsePipeline.Contracts.Tests;

/// <summary>One message of every type.</summary>
internal static class SampleMessages
{
    private const string Run = "sms-digits-0123456789ab";
    private static readonly string Key = new('a', 64);
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static IReadOnlyList<object> All { get; } =
    [
        new RunSubmitted { RunId = Run },
        new RunNudged { RunId = Run },
        new RunCancelled { RunId = Run },
        new TrainCheckpoint { RunId = Run, StepKey = Key, Spec = SampleSpecs.Train },
        new PruneCheckpoint { RunId = Run, StepKey = Key, Spec = SampleSpecs.Prune },
        new CookSoup { RunId = Run, StepKey = Key, Spec = SampleSpecs.Soup },
        new EvaluateCheckpoint { RunId = Run, StepKey = Key, Spec = SampleSpecs.Evaluate },
        new CollectStatistics { RunId = Run, StepKey = Key, Spec = SampleSpecs.Collect },
        new TimeLayers { RunId = Run, StepKey = Key, Spec = SampleSpecs.Time },
        new StepStarted { RunId = Run, StepKey = Key, Kind = StepKinds.Train, At = At },
        new StepProgressed { RunId = Run, StepKey = Key, Fraction = 0.3, Message = "epoch 3/10, loss 0.214", At = At },
        new StepFailed
        {
            RunId = Run,
            StepKey = Key,
            Kind = StepKinds.Train,
            Failure = new(FailureCodes.Diverged, "The loss is NaN in epoch 2.", "Lower pretraining.learningRate."),
        },
        new StepFinished
        {
            RunId = Run,
            StepKey = Key,
            Kind = "collect",
            Outputs = new SortedDictionary<string, ArtifactRef>(StringComparer.Ordinal) { [OutputNames.Report] = SampleSpecs.Artifact('9', ArtifactFormats.Json) },
        },
        new CheckpointReady { RunId = Run, StepKey = Key, Kind = StepKinds.Soup, Checkpoint = SampleSpecs.Artifact('7') },
        new CheckpointEvaluated { RunId = Run, StepKey = Key, Report = SampleSpecs.Artifact('8', ArtifactFormats.Json) },
    ];
}
