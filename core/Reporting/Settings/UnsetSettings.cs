using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting.Settings;

/// <summary>What a setting does that may be left out and has no value of its own then: usually what another one says.</summary>
internal static class UnsetSettings
{
    /// <summary>A setting without a value.</summary>
    public const string None = "–";

    private static readonly Dictionary<string, Func<Recipe, MethodCatalog, string>> Meanings = new(StringComparer.Ordinal)
    {
        ["task"] = (_, _) => MethodDefaults.Task,
        ["pretraining.optimizer"] = (_, _) => MethodDefaults.Optimizer,
        ["retraining.weightDecay"] = (r, _) => $"{Figures.Number(r.Pretraining.WeightDecay)} (as pretraining)",
        ["retraining.precision"] = (r, _) => $"{r.Pretraining.Precision} (as pretraining)",
        ["retraining.peakLearningRate"] = (r, catalog) => Peak(r, catalog),
        ["sparsification.allocation"] = (_, _) => "the pruner's own",
        ["soup.quorum"] = (r, _) => $"{r.Retraining.Candidates} (all candidates)",
        ["soup.maskPolicy"] = (_, _) => "one mask for all candidates",
        ["evaluation.baselines"] = (_, _) => $"[{string.Join(", ", BaselineNames.Default)}]",
        ["evaluation.severities"] = (r, _) => r.Evaluation.Corruptions is null ? "not used" : "[1, 2, 3, 4, 5]",
        ["evaluation.examples"] = (_, _) => "all",
        ["data.limit"] = (_, _) => "all",
    };

    /// <summary>The setting with words in place of a missing value.</summary>
    public static RecipeSetting Resolve(RecipeSetting setting, Recipe recipe, MethodCatalog catalog)
    {
        if (setting.Default != None || !Meanings.TryGetValue(setting.Path, out var meaning))
            return setting;
        var words = meaning(recipe, catalog);
        return setting with { Default = words, Value = setting.Value == None ? words : setting.Value };
    }

    private static string Peak(Recipe recipe, MethodCatalog catalog) =>
        catalog.Find(MethodAxes.Retraining, recipe.Retraining.Schedule)?.Traits.HasFlag(MethodTraits.PeakCanBeSet) == true ? "follows from the pretraining's rates" : "not used";
}
