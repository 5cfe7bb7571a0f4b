using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Layers can be timed one by one only in models that are built in.</summary>
internal static class LatencyRules
{
    private const string Batch = "evaluation.latencyBatch";

    public static void Apply(RecipeDraft draft, MethodCatalog catalog)
    {
        if (draft.IsGiven(Batch) && draft.MethodName("model") is { } model && catalog.Find(MethodAxes.Model, model)?.File is not null)
            draft.Refuse(Batch, $"The model '{model}' is read from a file and runs as a whole: its layers cannot be timed.", "Remove it, or use a model that is built in.");
    }
}
