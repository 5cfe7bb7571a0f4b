using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Parts, wrong labels and arrivals that the data set cannot have.</summary>
internal static class DataPartRules
{
    private const string DataPart = "data.part";
    private const string RetrainingPart = "retraining.part";
    private const string Share = "share";
    private const string Classes = "classes";
    private const string Noise = "data.labelNoise";
    private const string Arrivals = "data.arrivals";
    private static readonly string[] Attributes = ["writers", "families"];

    public static void Apply(RecipeDraft draft, MethodCatalog catalog)
    {
        CheckArrivals(draft);
        if ((string?)draft.Root["data"]?["name"] is not { } name || catalog.Find(MethodAxes.Data, name) is not { } data) return;
        List<string> known = [Share, .. HasClasses(draft, data) ? [Classes] : Array.Empty<string>(), .. data.Attributes];
        foreach (var field in new[] { DataPart, RetrainingPart }.Where(draft.IsGiven)) CheckPart(draft, field, data, known);
        if (draft.TryValue(Noise, 0.0, out var noise) && noise > 0 && !known.Contains(Classes))
            draft.Refuse(Noise, $"The data set '{data.Name}' has no class for each example that could be wrong.", "Remove it, or use other data.");
    }

    private static void CheckPart(RecipeDraft draft, string field, MethodInfo data, IReadOnlyList<string> known)
    {
        foreach (var choice in Attributes.Prepend(Classes).Where(a => draft.IsGiven($"{field}.{a}") && !known.Contains(a)))
            draft.Refuse($"{field}.{choice}", $"The data set '{data.Name}' does not say of its examples which {choice} they are of.", $"Choose by what it has: {string.Join(", ", known)}.");
        if (!Attributes.Prepend(Classes).Prepend(Share).Any(a => draft.IsGiven($"{field}.{a}")))
            draft.Refuse(field, "It chooses nothing.", $"Choose by what the data set has: {string.Join(", ", known)}.");
        if (draft.TryValue<double[]?>($"{field}.{Share}", null, out var share) && share is not null && !(share is [var from, var to] && from < to))
            draft.Refuse($"{field}.{Share}", $"The value is [{string.Join(", ", share)}].", "Give where the part begins and where it ends, such as [0, 0.5] for the first half.");
    }

    private static void CheckArrivals(RecipeDraft draft)
    {
        if (draft.TryValue<double[]?>(Arrivals, null, out var arrivals) && arrivals is not null && (arrivals.Length < 2 || arrivals.Zip(arrivals.Skip(1)).Any(p => p.First >= p.Second)))
            draft.Refuse(Arrivals, $"The value is [{string.Join(", ", arrivals)}].", "Give rising shares, for the pretraining first and then for each cycle: [0.4, 0.7, 1].");
    }

    /// <summary>Texts have a class for each position.</summary>
    private static bool HasClasses(RecipeDraft draft, MethodInfo data) => data.DataKind != DataKinds.Text
        && ((draft.Root["data"]?["options"]?[TargetKinds.Option] is JsonValue given ? (string?)given : data.Targets) ?? TargetKinds.Classes) == TargetKinds.Classes;
}
