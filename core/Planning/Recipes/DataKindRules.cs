using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Models, augmentations and corruptions that cannot work on the data they are to work on.</summary>
internal static class DataKindRules
{
    public static void Apply(RecipeDraft draft, MethodCatalog catalog)
    {
        if ((string?)draft.Root["data"]?["name"] is not { } name || catalog.Find(MethodAxes.Data, name) is not { } data) return;
        Check(draft, "model", catalog.Find(MethodAxes.Model, (string?)draft.Root["model"]?["name"] ?? ""), data);
        Check(draft, "data.augmentation", catalog.Find(MethodAxes.Augmentation, (string?)draft.Root["data"]?["augmentation"] ?? ""), data);
        var corruptions = draft.Root["evaluation"]?["corruptions"] as JsonArray ?? [];
        if (corruptions.Select(c => catalog.Find(MethodAxes.Corruption, (string?)c ?? "")).FirstOrDefault(c => Problem(c, data) is not null) is { } corruption)
            Check(draft, "evaluation.corruptions", corruption, data);
    }

    private static void Check(RecipeDraft draft, string field, MethodInfo? method, MethodInfo data)
    {
        if (Problem(method, data) is { } problem)
            draft.Refuse(
                field,
                $"The {method!.Axis} '{method.Name}' {problem} ('{data.Name}').",
                method.Axis == MethodAxes.Model ? "Use another model, or other data." : "Remove it, or use other data.");
    }

    private static string? Problem(MethodInfo? method, MethodInfo data) => method is null ? null : DataKinds.ProblemWith(method, data.DataKind);
}
