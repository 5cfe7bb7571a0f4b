using System.Xml.Linq;
using SparsePipeline.TestKit;

namespace SparsePipeline.Architecture;

/// <summary>The checkout these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Top = ["contracts", "core", "infra", "services", "tests"];

    public static string Root => RepositoryFolder.Path;

    /// <summary>Paths of all project files, relative to the root.</summary>
    public static IReadOnlyList<string> ProjectFiles { get; } = [.. Files("*.csproj")];

    /// <summary>The product's projects: everything but tests.</summary>
    public static IReadOnlyList<Project> Projects { get; } =
        [.. ProjectFiles.Where(file => !file.StartsWith("tests/", StringComparison.Ordinal)).Select(Load)];

    /// <summary>Product source files with a using directive for a namespace that starts with this name.</summary>
    public static IEnumerable<string> SourcesUsing(string name) =>
        Files("*.cs")
            .Where(file => !file.StartsWith("tests/", StringComparison.Ordinal))
            .Where(file => File.ReadLines(Path.Combine(Root, file)).Any(line => IsUsing(line, name)));

    /// <summary>Files below the source folders, relative to the root, build outputs left out.</summary>
    public static IEnumerable<string> Files(string pattern) =>
        from top in Top
        from file in Directory.EnumerateFiles(Path.Combine(Root, top), pattern, SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file)
        where !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal)
        select path;

    private static bool IsUsing(string line, string name) =>
        line.StartsWith("using ", StringComparison.Ordinal)
        && line.Split([' ', ';', '='], StringSplitOptions.RemoveEmptyEntries).Any(w => w == name || w.StartsWith(name + ".", StringComparison.Ordinal));

    private static Project Load(string file)
    {
        var xml = XDocument.Load(Path.Combine(Root, file));
        var folder = Path.GetDirectoryName(Path.Combine(Root, file))!;
        var references = xml.Descendants("ProjectReference")
            .Select(r => Path.GetRelativePath(Root, Path.GetFullPath(Path.Combine(folder, r.Attribute("Include")!.Value))))
            .Select(path => new Reference(Path.GetFileNameWithoutExtension(path), path.Split('/')[0]));
        var packages = xml.Descendants("PackageReference").Select(p => p.Attribute("Include")!.Value);
        return new Project(Path.GetFileNameWithoutExtension(file), file.Split('/')[0], [.. references], [.. packages]);
    }
}

/// <summary>One product project.</summary>
internal sealed record Project(string Name, string Layer, IReadOnlyList<Reference> References, IReadOnlyList<string> Packages);

/// <summary>One project reference.</summary>
internal sealed record Reference(string Name, string Layer);
