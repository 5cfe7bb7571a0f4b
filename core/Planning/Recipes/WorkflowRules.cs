using System.Text.Json.Nodes;

namespace SparsePipeline.Planning;

/// <summary>What a recipe's workflow needs of it, and what it has no use for.</summary>
internal static class WorkflowRules
{
    private const string Field = "workflow";

    public static void Apply(RecipeDraft draft)
    {
        if (Workflow(draft) is not { } workflow) return;
        foreach (var field in workflow.Needs.Where(f => !draft.IsGiven(f))) draft.RefuseMissing(field);
        foreach (var field in workflow.Unused.Where(draft.IsGiven))
            draft.Refuse(field, $"The workflow '{workflow.Info.Name}' has no use for it.", "Remove it, or use another workflow.");
        foreach (var (field, value) in workflow.Fixed) Fix(draft, workflow, field, value);
        // Writing the default out changes no run's id.
        if (workflow.Info.Name == SparseModelSoups.Name && draft.Root[Field] is JsonObject { Count: 1 }) draft.Root.Remove(Field);
    }

    private static void Fix(RecipeDraft draft, IWorkflow workflow, string field, int value)
    {
        if (!draft.IsGiven(field))
            draft.Fix(field, value);
        else if (draft.TryValue(field, value, out var given) && given != value)
            draft.Refuse(field, $"The value is {given}, and with the workflow '{workflow.Info.Name}' it is always {value}.", "Remove it, or use another workflow.");
    }

    /// <summary>Null when the recipe names one that there is not, which was reported.</summary>
    public static IWorkflow? Workflow(RecipeDraft draft)
    {
        if (!draft.IsGiven(Field)) return Workflows.Registry.Find(SparseModelSoups.Name);
        return draft.MethodName(Field) is { } name && Workflows.Registry.Contains(name) ? Workflows.Registry.Find(name) : null;
    }
}
