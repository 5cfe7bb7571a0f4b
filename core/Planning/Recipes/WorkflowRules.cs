using System.Text.Json.Nodes;

namespace SparsePipeline.Planning;

/// <summary>What a recipe says about its workflow.</summary>
internal static class WorkflowRules
{
    private const string Workflow = "workflow";

    /// <summary>Writing the default out changes no run's id.</summary>
    public static void Apply(RecipeDraft draft)
    {
        if (draft.Root[Workflow] is JsonObject { Count: 1 } && draft.MethodName(Workflow) == SparseModelSoups.Name) draft.Root.Remove(Workflow);
    }
}
