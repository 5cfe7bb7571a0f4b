namespace SparsePipeline.Planning;

/// <summary>How big a study may be: far beyond what anybody waits for.</summary>
public static class StudyLimits
{
    /// <summary>Runs, seeds counted.</summary>
    public const int Runs = 2_000;
}
