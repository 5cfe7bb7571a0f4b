using System.Xml.Linq;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.TestKit;

namespace SparsePipeline.Deployment;

/// <summary>The checkout these tests were built from.</summary>
internal static class Repository
{
    public static string Root => RepositoryFolder.Path;

    /// <summary>The version that images and chart carry.</summary>
    public static string Version { get; } = XDocument.Load(File("Directory.Build.props")).Descendants("Version").Single().Value;

    /// <summary>Every key of docs/configuration.md, which a test elsewhere compares with the option classes.</summary>
    public static IReadOnlySet<string> SettingKeys { get; } = System.IO.File.ReadLines(File("docs/configuration.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('`')[1])
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The folders of services whose program is a host of its own, in lower case.</summary>
    public static IReadOnlyList<string> Programs { get; } =
    [
        .. Directory.EnumerateFiles(File("services"), "Program.cs", SearchOption.AllDirectories)
            .Where(program => System.IO.File.ReadAllText(program).Contains("WorkerHost.RunAsync", StringComparison.Ordinal))
            .Select(program => Path.GetFileName(Path.GetDirectoryName(program)!).ToLowerInvariant()).Order(StringComparer.Ordinal),
    ];

    /// <summary>Names of the services that take commands from queues.</summary>
    public static IReadOnlyList<string> Workers { get; } = [.. PipelineServices.All.Where(service => service.IsWorker).Select(service => service.Name).Order(StringComparer.Ordinal)];

    public static string File(string path) => Path.Combine(Root, path);

    public static string Read(string path) => System.IO.File.ReadAllText(File(path));
}
