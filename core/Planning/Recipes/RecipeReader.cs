using System.Text.Json;
using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// Reads recipes from YAML (or JSON, which is YAML), strictly: unknown fields and methods, wrong types, values out of
/// range, duplicates and contradictions are errors, all of them reported at once with their line.
/// </summary>
public static class RecipeReader
{
    /// <summary>The recipe in a file.</summary>
    /// <param name="path">A file of at most <see cref="RecipeLimits.Characters"/> characters.</param>
    /// <param name="catalog">The methods a recipe may name.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RecipeReading ReadFile(string path, MethodCatalog catalog) => Read(BoundedText.Read(path), catalog);

    /// <summary>The recipe in a text.</summary>
    /// <param name="yaml">One YAML document; anchors, aliases and tags are refused.</param>
    /// <param name="catalog">The methods a recipe may name.</param>
    public static RecipeReading Read(string yaml, MethodCatalog catalog)
    {
        var errors = new ErrorList();
        return YamlTree.Read(yaml, errors) is { } tree ? Read(tree, catalog, errors) : new(null, errors.InOrder());
    }

    /// <summary>
    /// The recipe in a text that came over a network: where a file names paths, it names stored files by their content, <c>pretraining.checkpoint</c> in place of
    /// <c>pretraining.weights</c>, and a <c>data.path</c> needs its <c>data.digest</c>.
    /// </summary>
    /// <param name="document">YAML or JSON.</param>
    /// <param name="catalog">The methods a recipe may name.</param>
    /// <param name="values">Fields that are set before the recipe is checked, by their dotted names, each with its value as JSON.</param>
    public static RecipeReading ReadReceived(string document, MethodCatalog catalog, IReadOnlyDictionary<string, string> values)
    {
        var errors = new ErrorList();
        if (YamlTree.Read(document, errors) is not { } tree)
            return new(null, errors.InOrder());
        foreach (var (field, value) in values)
            if (tree is YamlMapping fields && YamlTree.Read(value, errors) is { } node)
                tree = YamlOverlay.Set(fields, field, node);
        var received = new ReceivedFiles(errors);
        var reading = Read(received.Named(tree), catalog, errors);
        return reading with { Recipe = reading.Recipe is { } recipe ? received.In(recipe) : null };
    }

    /// <summary>The recipe in a tree without syntax errors.</summary>
    internal static RecipeReading Read(YamlNode tree, MethodCatalog catalog) => Read(tree, catalog, new ErrorList());

    private static RecipeReading Read(YamlNode tree, MethodCatalog catalog, ErrorList errors)
    {
        var draft = new RecipeDraft(errors);
        Bind(tree, catalog, draft);
        return errors.IsEmpty ? new(ResolvedVersions.Into(draft.Root.Deserialize<Recipe>(ContractJson.Options)!, catalog), []) : new(null, errors.InOrder());
    }

    private static void Bind(YamlNode tree, MethodCatalog catalog, RecipeDraft draft)
    {
        if (new RecordBinder(catalog, draft).Bind(tree, typeof(Recipe), "") is JsonObject root)
        {
            draft.Root = root;
            WorkflowRules.Apply(draft);
        }

        StartRules.Apply(draft, catalog);
        ContradictionRules.Apply(draft, catalog);
        RetrainingScheduleRules.Apply(draft, catalog);
        AveragingRules.Apply(draft, catalog);
        HookRules.Apply(draft, catalog);
        SparsificationRules.Apply(draft);
        CeilingRules.Apply(draft);
        SoupRules.Apply(draft);
        MaskPolicyRules.Apply(draft, catalog);
        StatisticsRules.Apply(draft);
        CorruptionRules.Apply(draft);
        BaselineRules.Apply(draft);
        UpdateRules.Apply(draft, catalog);
        DataKindRules.Apply(draft, catalog);
        DataPartRules.Apply(draft, catalog);
        TaskRules.Apply(draft, catalog);
        AutoencoderRules.Apply(draft, catalog);
        LatencyRules.Apply(draft, catalog);
        ResolvedNeeds.Apply(draft, catalog);
    }
}
