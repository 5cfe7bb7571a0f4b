namespace SparsePipeline.Contracts;

/// <summary>Types of CloudEvents. The number is raised only by a change that readers of the old form would misread.</summary>
public static class EventTypes
{
    /// <summary>In: a training has a new checkpoint.</summary>
    public const string CheckpointPublished = "io.sparsepipeline.checkpoint.published.v1";

    /// <summary>Out: a run was submitted for the first time.</summary>
    public const string RunSubmitted = "io.sparsepipeline.run.submitted.v1";

    /// <summary>Out: a run has made what it is for.</summary>
    public const string RunFinished = "io.sparsepipeline.run.finished.v1";

    /// <summary>Out: a run cannot finish.</summary>
    public const string RunFailed = "io.sparsepipeline.run.failed.v1";

    /// <summary>Out: somebody stopped a run.</summary>
    public const string RunCancelled = "io.sparsepipeline.run.cancelled.v1";

    /// <summary>Out: a train, prune or soup step of a run has its checkpoint.</summary>
    public const string CheckpointReady = "io.sparsepipeline.checkpoint.ready.v1";

    /// <summary>Out: an evaluate step of a run has its report.</summary>
    public const string CheckpointEvaluated = "io.sparsepipeline.checkpoint.evaluated.v1";

    /// <summary>Out: a step of a run ended for good without outputs.</summary>
    public const string StepFailed = "io.sparsepipeline.step.failed.v1";

    /// <summary>Out: a webhook failed too often and gets nothing more.</summary>
    public const string WebhookDisabled = "io.sparsepipeline.webhook.disabled.v1";

    /// <summary>Out, to one webhook when somebody tries it.</summary>
    public const string WebhookTest = "io.sparsepipeline.webhook.test.v1";
}
