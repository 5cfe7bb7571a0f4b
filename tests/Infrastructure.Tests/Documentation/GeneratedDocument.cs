namespace SparsePipeline.Infrastructure.Tests.Documentation;

/// <summary>A page of docs/ that is made from code. <c>UPDATE_DOCS=1</c> writes it instead of comparing.</summary>
internal static class GeneratedDocument
{
    public static void ShouldBeUpToDate(string name, string expected)
    {
        var path = Path.Combine(Root(), "docs", name);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(path, expected);
        File.Exists(path).ShouldBeTrue($"docs/{name} is missing: run this test with UPDATE_DOCS=1");
        File.ReadAllText(path).ShouldBe(expected, $"docs/{name} is stale: run this test with UPDATE_DOCS=1");
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SparsePipeline.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder;
    }
}
