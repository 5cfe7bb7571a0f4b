using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting.Settings;

/// <summary>What a setting does that may be left out and has no value of its own then: usually what another one says.</summary>
internal static class UnsetSettings
{
    /// <summary>A setting without a value.</summary>
    public const string None = "–";

    private static readonly Dictionary<string, Func<Recipe, string>> Meanings = new(StringComparer.Ordinal)
    {
        ["pretraining.optimizer"] = _ => "sgd",
        ["retraining.weightDecay"] = r => $"{Figures.Number(r.Pretraining.WeightDecay)} (as pretraining)",
        ["retraining.precision"] = r => $"{r.Pretraining.Precision} (as pretraining)",
        ["retraining.peakLearningRate"] = r => r.Retraining.Schedule == "LLR" ? $"{Figures.Number(r.Pretraining.LearningRate)} (as pretraining)" : "not used",
        ["sparsification.allocation"] = _ => "the pruner's own",
        ["soup.quorum"] = r => $"{r.Retraining.Candidates} (all candidates)",
        ["soup.maskPolicy"] = _ => "one mask for all candidates",
        ["evaluation.baselines"] = _ => $"[{string.Join(", ", BaselineNames.Default)}]",
        ["evaluation.severities"] = r => r.Evaluation.Corruptions is null ? "not used" : "[1, 2, 3, 4, 5]",
        ["evaluation.examples"] = _ => "all",
        ["data.limit"] = _ => "all",
    };

    /// <summary>The setting with words in place of a missing value.</summary>
    public static RecipeSetting Resolve(RecipeSetting setting, Recipe recipe)
    {
        if (setting.Default != None || !Meanings.TryGetValue(setting.Path, out var meaning))
            return setting;
        var words = meaning(recipe);
        return setting with { Default = words, Value = setting.Value == None ? words : setting.Value };
    }
}
