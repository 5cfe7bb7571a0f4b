namespace SparsePipeline.TestKit;

/// <summary>
/// Files in the repository that are written from code: golden messages, generated documentation. A test compares them;
/// with <c>UPDATE_DOCS=1</c> in the environment it writes them instead, and the change is reviewed like any other.
/// </summary>
public static class GeneratedFile
{
    /// <summary>What the file holds now and what it should hold: equal unless it is stale.</summary>
    /// <param name="path">Relative to the repository's root.</param>
    /// <param name="expected">What the code generates.</param>
    public static (string Stored, string Expected) Compare(string path, string expected)
    {
        var file = Path.Combine(RepositoryFolder.Path, path);
        var text = expected.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") Write(file, text);
        return (File.Exists(file) ? File.ReadAllText(file) : $"{path} does not exist; make docs writes it.", text);
    }

    private static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
