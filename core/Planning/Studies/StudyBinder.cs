using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Turns the tree of a study into a study.</summary>
internal sealed class StudyBinder(YamlMapping root, Func<string, string?> beside, MethodCatalog catalog, ErrorList errors)
{
    /// <summary>Null after reporting why not; errors may have been reported all the same.</summary>
    public Study? Bind()
    {
        var fields = new StudyFields(root, "", errors, "name", "title", "recipe", "notes", "seeds", "set", "grids");
        var name = fields.Identifier("name");
        var seeds = fields.Seeds("seeds");
        var recipe = Recipe(fields);
        var notes = Notes(fields);
        var grids = Grids(fields, seeds, recipe);
        return name is null || recipe is null ? null : new Study
        {
            Name = name,
            Title = fields.Text("title", required: false)?.Text ?? name,
            RecipePath = fields.Text("recipe", required: true)!.Text,
            Notes = notes,
            Seeds = seeds,
            Grids = grids,
        };
    }

    // Alone it must be right too: what is wrong in a combination is then for certain due to what the study sets.
    private YamlMapping? Recipe(StudyFields fields)
    {
        if (fields.Text("recipe", required: true) is not { } file) return null;
        if (beside(file.Text) is not { } text)
        {
            fields.Refuse("recipe", file, $"{file.Text} does not exist.", "Give the path of a recipe, seen from the study.");
            return null;
        }

        var reading = RecipeReader.Read(text, catalog);
        foreach (var error in reading.Errors)
            fields.Refuse("recipe", file, $"{file.Text}:{error.Line}:{error.Column}: {(error.Field.Length == 0 ? "recipe" : error.Field)}: {error.Reason}", error.Remedy);
        return reading.Recipe is null ? null : (YamlMapping)YamlTree.Read(text, new ErrorList())!;
    }

    private string? Notes(StudyFields fields)
    {
        if (fields.Text("notes", required: false) is not { } file) return null;
        var text = beside(file.Text);
        if (text is null) fields.Refuse("notes", file, $"{file.Text} does not exist.", "Give the path of a Markdown file, seen from the study, or remove the line.");
        if (text?.Length > RecipeLimits.Characters) fields.Refuse("notes", file, $"{file.Text} has more than {RecipeLimits.Characters} characters.", "Keep notes short; link to the rest.");
        return text;
    }

    private List<StudyGrid> Grids(StudyFields fields, IReadOnlyList<long> seeds, YamlMapping? recipe)
    {
        if (fields.Find("grids") is not YamlSequence { Items.Count: > 0 } list)
        {
            fields.Refuse("grids", fields.Find("grids") ?? root, "There is no grid.", "Write a list of at least one: each has a name and axes.");
            return [];
        }

        var binder = new GridBinder(seeds, fields.Group("set"), recipe, catalog, errors);
        var grids = list.Items.Select((item, i) => binder.Bind(item, $"grids[{i}]")).OfType<StudyGrid>().ToList();
        foreach (var twice in grids.GroupBy(g => g.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            fields.Refuse("grids", list, $"Two grids are called '{twice.Key}'.", "Give each a name of its own.");
        return grids;
    }
}
