using System.Runtime.CompilerServices;

namespace SparsePipeline.Cli.Tests.Docs;

/// <summary>A page under docs that is generated from the program.</summary>
internal static class GeneratedPage
{
    /// <summary>Fails when the page in the repository differs; writes it instead under <c>make docs</c>.</summary>
    public static void ShouldBeCurrent(string path, string text)
    {
        var file = Path.Combine(Root(), path);
        if (System.Environment.GetEnvironmentVariable("SPARSEPIPELINE_UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        File.Exists(file).ShouldBeTrue($"{path} is missing; run `make docs`.");
        File.ReadAllText(file).ShouldBe(text, $"{path} is stale; run `make docs`.");
    }

    private static string Root([CallerFilePath] string thisFile = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(thisFile)!);
        while (!File.Exists(Path.Combine(folder.FullName, "SparsePipeline.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
