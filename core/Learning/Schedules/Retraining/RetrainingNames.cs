namespace SparsePipeline.Learning.Schedules.Retraining;

/// <summary>Retraining schedules of the <c>retraining</c> axis. All but a set peak derive from the dense run's learning rates.</summary>
public static class RetrainingNames
{
    /// <summary>Fine-tuning at the dense run's smallest rate: hardly moves, for tiny cuts.</summary>
    public const string FineTuning = "FT";

    /// <summary>Learning-rate rewinding: repeats the end of the dense run.</summary>
    public const string Rewinding = "LRW";

    /// <summary>Scaled restart: the whole dense schedule, compressed.</summary>
    public const string ScaledRestart = "SLR";

    /// <summary>Cyclic restart: half a cosine from the largest to the smallest rate.</summary>
    public const string CyclicRestart = "CLR";

    /// <summary>Linear from the largest rate to 0: the default.</summary>
    public const string Linear = "LLR";

    /// <summary>LLR whose peak follows from how much the cut hurt and how long retraining is.</summary>
    public const string AdaptiveLinear = "ALLR";
}
