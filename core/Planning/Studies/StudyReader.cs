using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// Reads studies from YAML as strictly as recipes: every combination is expanded and checked before anything runs, and all errors are
/// told at once.
/// </summary>
public static class StudyReader
{
    /// <summary>The study in a file.</summary>
    /// <param name="path">The study; the recipe and the notes it names are looked for beside it.</param>
    /// <param name="catalog">The methods recipes may name.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static StudyReading ReadFile(string path, MethodCatalog catalog)
    {
        var folder = RecipeFolder.Of(path);
        return Read(BoundedText.Read(path), name => Beside(folder, name), catalog);
    }

    /// <summary>The study in a text.</summary>
    /// <param name="yaml">One YAML document.</param>
    /// <param name="beside">The text of a file that the study names, or null when there is none.</param>
    /// <param name="catalog">The methods recipes may name.</param>
    public static StudyReading Read(string yaml, Func<string, string?> beside, MethodCatalog catalog) => Read(yaml, beside, catalog, isHistory: false);

    /// <summary>
    /// The study in a text that was written earlier, to be compared with one of today. A plain list of seeds is then taken as judging: that is what it
    /// was before seeds that choose and seeds that judge were told apart.
    /// </summary>
    /// <inheritdoc cref="Read(string, Func{string, string}, MethodCatalog)"/>
    public static StudyReading ReadEarlier(string yaml, Func<string, string?> beside, MethodCatalog catalog) => Read(yaml, beside, catalog, isHistory: true);

    private static StudyReading Read(string yaml, Func<string, string?> beside, MethodCatalog catalog, bool isHistory)
    {
        var errors = new ErrorList();
        var study = YamlTree.Read(yaml, errors) switch
        {
            YamlMapping root => new StudyBinder(root, beside, catalog, errors, isHistory).Bind(),
            { } other => Refuse(errors, other),
            null => null,
        };
        return errors.IsEmpty ? new(study, []) : new(null, errors.InOrder());
    }

    private static Study? Refuse(ErrorList errors, YamlNode node)
    {
        errors.Add(node, "", $"The study is {node.Description}.", "Write its fields: name, recipe, seeds, grids; studies/ has examples.");
        return null;
    }

    private static string? Beside(string folder, string name)
    {
        var file = Path.Combine(folder, name);
        return File.Exists(file) ? BoundedText.Read(file) : null;
    }
}
