using System.Text.Json;
using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>What an autoencoder may be, and what it is to do.</summary>
internal static class AutoencoderRules
{
    private const string Section = "autoencoder";
    private const string Model = Section + ".model";
    private const string Hooks = Section + ".hooks";

    public static void Apply(RecipeDraft draft, MethodCatalog catalog)
    {
        if (draft.Root[Section] is not JsonObject section) return;
        if (draft.IsGiven(Hooks) && HookOrder.Problems(HookRules.Hooks(draft, catalog, Hooks)) is { Count: > 0 } problems)
            draft.Refuse(Hooks, $"These hooks do not go together: {string.Join("; ", problems)}.", "Change their order, or leave some out.");
        if (HookRules.Hooks(draft, catalog, Hooks).FirstOrDefault(h => h.Needs.HasFlag(MethodNeeds.MovesMask)) is { } mover)
            draft.Refuse(Hooks, $"'{mover.Name}' moves a mask, and autoencoders are trained dense.", "Remove it.");
        if (catalog.Find(MethodAxes.Model, (string?)section["model"]?["name"] ?? MethodDefaults.Autoencoder) is not { } model) return;
        if (model.File is not null)
            draft.Refuse(Model, $"The model '{model.Name}' is read from a file, and autoencoders are built in.", $"Use a model such as '{MethodDefaults.Autoencoder}'.");
        else if (DataKinds.ProblemWith(model, DataKinds.Numbers) is { } problem)
            draft.Refuse(Model, $"The model '{model.Name}' {problem} (activations).", $"Use a model such as '{MethodDefaults.Autoencoder}'.");
        else if (catalog.Find(MethodAxes.Task, model.Task ?? MethodDefaults.AutoencoderTask) is { } task)
            Resolve(draft, section, task);
    }

    /// <summary>What the run is for is the autoencoder, so its measure is that of the run.</summary>
    private static void Resolve(RecipeDraft draft, JsonObject section, MethodInfo task)
    {
        section["task"] = new JsonObject { ["name"] = task.Name };
        draft.Root["measure"] = JsonSerializer.SerializeToNode(task.Measures[0], ContractJson.Options);
    }
}
