using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Fields that are right one by one and do not go together.</summary>
internal static class ContradictionRules
{
    private const string Vary = "retraining.vary";
    private const string Values = "retraining.values";
    private const string Candidates = "retraining.candidates";
    private const string WeightDecay = "retraining.weightDecay";
    private const string Peak = "retraining.peakLearningRate";
    private const string Schedule = "retraining.schedule";
    private const string Quorum = "soup.quorum";
    private const string Deadline = "soup.deadlineMinutes";
    private const string AmendLate = "soup.amendLate";

    public static void Apply(RecipeDraft draft, MethodCatalog catalog)
    {
        var standard = new RetrainingRecipe { Epochs = 1 };
        if (draft.TryValue(Vary, standard.Vary, out var vary))
        {
            CheckVaried(draft, catalog, vary);
            if (draft.TryValue(Candidates, standard.Candidates, out var count)) CheckValues(draft, vary, count);
        }

        CheckQuorum(draft, standard.Candidates);
        CheckPeak(draft, catalog, standard);
    }

    private static void CheckPeak(RecipeDraft draft, MethodCatalog catalog, RetrainingRecipe standard)
    {
        if (!draft.IsGiven(Peak)) return;
        if (draft.TryValue(Vary, standard.Vary, out var vary) && vary == VariedDimensions.PeakLearningRate)
            draft.Refuse(Peak, $"Candidates vary in {vary}, so this value would not be used.", $"Remove it; {Values} has one per candidate.");
        if (SetsItsOwnPeak(draft, catalog) is { } schedule)
            draft.Refuse(Peak, $"The schedule is {schedule}, which sets its own peak.", $"Remove it, or use {Schedule}: {WithPeak(catalog)}, whose peak can be set.");
    }

    private static string? SetsItsOwnPeak(RecipeDraft draft, MethodCatalog catalog) =>
        draft.Method(Schedule, MethodAxes.Retraining, catalog) is { } schedule && !schedule.Traits.HasFlag(MethodTraits.PeakCanBeSet) ? schedule.Name : null;

    private static string WithPeak(MethodCatalog catalog) =>
        string.Join(" or ", catalog.Methods.Where(m => m.Axis == MethodAxes.Retraining && m.Traits.HasFlag(MethodTraits.PeakCanBeSet)).Select(m => m.Name));

    private static void CheckQuorum(RecipeDraft draft, int standard)
    {
        if (draft.TryValue(Candidates, standard, out var candidates) && draft.TryValue<int?>(Quorum, null, out var quorum) && quorum > candidates)
            draft.Refuse(Quorum, $"The quorum is {quorum}, but there are {candidates} candidates.", $"Use at most {candidates}.");
        if (draft.IsGiven(Deadline) && !draft.IsGiven(Quorum))
            draft.Refuse(
                Deadline, "A deadline without a quorum changes nothing: the soup needs all candidates.", $"Set {Quorum} too, or remove the deadline.");
        if (draft.TryValue(AmendLate, false, out var amend) && amend && !draft.IsGiven(Deadline))
            draft.Refuse(AmendLate, "Without a deadline no candidate is late.", $"Set {Deadline} too, or remove this line.");
    }

    private static void CheckVaried(RecipeDraft draft, MethodCatalog catalog, string vary)
    {
        if (vary == VariedDimensions.WeightDecay && draft.IsGiven(WeightDecay))
            draft.Refuse(WeightDecay, $"Candidates vary in {vary}, so this value would not be used.", $"Remove it; {Values} has one per candidate.");
        if (vary == VariedDimensions.PeakLearningRate && SetsItsOwnPeak(draft, catalog) is { } schedule)
            draft.Refuse(Vary, $"Candidates vary in {vary}, but the schedule is {schedule}.", $"Use {Schedule}: {WithPeak(catalog)}, whose peak can be set.");
    }

    private static void CheckValues(RecipeDraft draft, string vary, int candidates)
    {
        var varied = vary != VariedDimensions.Seed;
        if (!varied && draft.IsGiven(Values))
            draft.Refuse(Values, "Candidates vary in their seed, which is derived.", $"Remove the values, or set {Vary}.");
        if (varied && !draft.IsGiven(Values))
            draft.Refuse(Vary, $"Candidates vary in {vary}, but {Values} is missing.", $"Give {candidates} values, one per candidate.");
        if (!varied || !draft.IsGiven(Values) || !draft.TryValue<double[]>(Values, [], out var values)) return;
        if (values.Length != candidates)
            draft.Refuse(Values, $"There are {values.Length} values for {candidates} candidates.", "Give one per candidate.");
        if (values.Distinct().Count() != values.Length)
            draft.Refuse(Values, "Two candidates have the same value, so they would be the same network.", "Make all values different.");
        for (var i = 0; i < values.Length; i++)
            if (!InRange(vary, values[i])) draft.Refuse($"{Values}[{i}]", $"The value is {values[i]}.", $"For {vary} it must be {Wanted(vary)}.");
    }

    private static bool InRange(string vary, double value) => vary switch
    {
        VariedDimensions.WeightDecay => value is >= 0 and <= 1,
        VariedDimensions.RetrainLength => value is >= 1 and <= 100_000 && double.IsInteger(value),
        _ => value is > 0 and <= 1000,
    };

    private static string Wanted(string vary) => vary switch
    {
        VariedDimensions.WeightDecay => "at least 0 and at most 1",
        VariedDimensions.RetrainLength => "a whole number of at least 1 and at most 100000",
        _ => "above 0 and at most 1000",
    };
}
