using System.Text.Json;
using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Tasks that cannot be learnt from the data, models that are made for another, and settings that a task has no use for.</summary>
internal static class TaskRules
{
    private const string Field = "task";
    private const string Model = "model";
    private const string Smoothing = "pretraining.labelSmoothing";
    private const string Mixup = "pretraining.mixup";
    private const string Metrics = "evaluation.metrics";

    public static void Apply(RecipeDraft draft, MethodCatalog catalog)
    {
        var task = draft.IsGiven(Field) ? draft.Method(Field, MethodAxes.Task, catalog) : catalog.Find(MethodAxes.Task, MethodDefaults.Task);
        if (task is null) return;
        CheckData(draft, catalog, task);
        CheckModel(draft, catalog, task);
        if ((task.Targets ?? TargetKinds.Classes) != TargetKinds.Classes) CheckClasses(draft, task);
        // Writing the default out changes no run's id.
        if (task.Name == MethodDefaults.Task)
            draft.Root.Remove(Field);
        else
            draft.Root["measure"] = JsonSerializer.SerializeToNode(task.Measures[0], ContractJson.Options);
    }

    private static void CheckData(RecipeDraft draft, MethodCatalog catalog, MethodInfo task)
    {
        if (draft.MethodName("data") is not { } name || catalog.Find(MethodAxes.Data, name) is not { } data) return;
        var targets = (draft.Root["data"]?["options"] as JsonObject)?[TargetKinds.Option] is JsonValue given ? (string?)given : data.Targets;
        var problems = new[] { DataKinds.ProblemWith(task, data.DataKind), TargetKinds.ProblemWith(task, targets) }.OfType<string>().ToList();
        if (problems.Count > 0)
            draft.Refuse(
                draft.IsGiven(Field) ? Field : "data",
                $"The task '{task.Name}' {string.Join(", and it ", problems)} ('{data.Name}').",
                $"Use other data, or one of the tasks that fit: {Fitting(catalog, data, targets)}.");
    }

    private static string Fitting(MethodCatalog catalog, MethodInfo data, string? targets) => NameList.Text(
        [.. catalog.Methods.Where(m => m.Axis == MethodAxes.Task && DataKinds.ProblemWith(m, data.DataKind) is null && TargetKinds.ProblemWith(m, targets) is null).Select(m => m.Name)]);

    private static void CheckModel(RecipeDraft draft, MethodCatalog catalog, MethodInfo task)
    {
        if (draft.MethodName(Model) is { } name && catalog.Find(MethodAxes.Model, name)?.Task is { } made && made != task.Name)
            draft.Refuse(Model, $"The model '{name}' is made for the task '{made}', and the task is '{task.Name}'.", $"Set {Field} to {made}, or use another model.");
    }

    private static void CheckClasses(RecipeDraft draft, MethodInfo task)
    {
        foreach (var field in new[] { Smoothing, Mixup }.Where(f => draft.TryValue(f, 0.0, out var value) && value > 0))
            draft.Refuse(field, $"The task '{task.Name}' has no classes whose labels could be changed.", "Remove it.");
        if (draft.IsGiven(Metrics))
            draft.Refuse(Metrics, $"These metrics are taken of classes, and the task '{task.Name}' predicts none.", "Remove them: what the task measures is always reported.");
    }
}
