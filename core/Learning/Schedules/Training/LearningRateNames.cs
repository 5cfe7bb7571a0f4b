namespace SparsePipeline.Learning.Schedules.Training;

/// <summary>Learning-rate schedules of the <c>learning-rate</c> axis.</summary>
public static class LearningRateNames
{
    /// <summary>The same rate throughout: for short trials and for weight averaging along the path.</summary>
    public const string Constant = "constant";

    /// <summary>Straight down to 0: the default, no option to tune and close to the best in most budgets.</summary>
    public const string Linear = "linear";

    /// <summary>Drops by a factor at given shares of the training: to reproduce older papers.</summary>
    public const string Step = "step";

    /// <summary>Half a cosine down to 0: stays high for longer than linear.</summary>
    public const string Cosine = "cosine";
}
