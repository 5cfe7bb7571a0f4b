using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Turns the tree of a study into a study.</summary>
internal sealed class StudyBinder(YamlMapping root, Func<string, string?> beside, MethodCatalog catalog, ErrorList errors, bool isHistory)
{
    /// <summary>Null after reporting why not; errors may have been reported all the same.</summary>
    public Study? Bind()
    {
        var fields = new StudyFields(root, "", errors, "name", "title", "recipe", "notes", "seeds", "claims", "set", "grids");
        var name = fields.Identifier("name");
        var seeds = StudySeedsBinder.Bind(fields, root, errors, isHistory);
        var claims = Claims(fields);
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
            Claims = claims,
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

    // What is not named is not put to the test, and so makes the verdicts on the others no weaker.
    private static IReadOnlyList<string> Claims(StudyFields fields)
    {
        if (fields.Find("claims") is not { } node) return ClaimNames.All;
        if (node is not YamlSequence { Items.Count: > 0 } list)
        {
            fields.Refuse("claims", node, $"The value is {node.Description}.", "Write a list of claims, or remove the line for all of them.");
            return [];
        }

        var names = new List<string>();
        foreach (var item in list.Items)
        {
            if (item is YamlScalar name && ClaimNames.All.Contains(name.Text) && !names.Contains(name.Text))
                names.Add(name.Text);
            else if (item is YamlScalar { Text: var text } && names.Contains(text))
                fields.Refuse("claims", item, $"The list has '{text}' twice.", "Name each once.");
            else
                fields.Refuse("claims", item, $"There is no claim {item.Description}.", NameSuggestion.For(item is YamlScalar scalar ? scalar.Text : "", ClaimNames.All));
        }

        return names;
    }

    private List<StudyGrid> Grids(StudyFields fields, StudySeeds seeds, YamlMapping? recipe)
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
