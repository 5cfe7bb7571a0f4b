namespace SparsePipeline.Contracts;

/// <summary>What methods asked for in versions whose recipes did not say it. Runs of those versions are in stores, and their recipes stay as they are.</summary>
/// <remarks>Closed: the reader writes what a method of today asks for into the recipe, see <see cref="RetrainingRecipe.NeedsCutMeasures"/>.</remarks>
public static class FormerNeeds
{
    private static readonly Dictionary<string, MethodNeeds> Retraining = new(StringComparer.Ordinal) { ["ALLR"] = MethodNeeds.CutMeasures };

    /// <summary>The names of the retraining schedules that asked for something.</summary>
    public static IReadOnlyCollection<string> RetrainingSchedules => Retraining.Keys;

    /// <summary>What a retraining schedule asked for; nothing for those that are younger.</summary>
    public static MethodNeeds OfRetraining(string schedule) => Retraining.GetValueOrDefault(schedule, MethodNeeds.None);
}
