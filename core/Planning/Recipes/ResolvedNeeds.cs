using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Writes into a recipe what its methods need, so that planning it takes no registry of methods.</summary>
internal static class ResolvedNeeds
{
    private const string Schedule = "retraining.schedule";

    public static void Apply(RecipeDraft draft, MethodCatalog catalog)
    {
        if (draft.Method(Schedule, MethodAxes.Retraining, catalog)?.Needs.HasFlag(MethodNeeds.CutMeasures) == true && draft.Root["retraining"] is JsonObject retraining)
            retraining["needsCutMeasures"] = true;
    }
}
