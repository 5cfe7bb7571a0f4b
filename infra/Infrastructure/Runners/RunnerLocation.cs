using System.Runtime.InteropServices;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Where the runner executable is and which .NET it runs on.</summary>
internal static class RunnerLocation
{
    /// <summary>Name of the executable of <c>services/Runner</c>.</summary>
    public const string ExecutableName = "SparsePipeline.Runner";

    /// <summary>The configured path, or the runner beside this program.</summary>
    public static string Find(RunnerOptions options) =>
        Path.GetFullPath(string.IsNullOrWhiteSpace(options.Path) ? Path.Combine(AppContext.BaseDirectory, ExecutableName) : options.Path);

    /// <summary>
    /// The folder of the .NET this process runs on, or null when it brings its own: a .NET in a home folder that is only on PATH
    /// would not be found by the runner's executable.
    /// </summary>
    public static string? DotnetRoot()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Directory.Exists(Path.Combine(root, "host", "fxr")) ? root : null;
    }
}
