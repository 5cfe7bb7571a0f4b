using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Whether runner processes can be started here.</summary>
public sealed class RunnerReadiness(IOptions<RunnerOptions> options)
{
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>What is wrong and what to do, or null.</summary>
    public string? Problem()
    {
        var path = RunnerLocation.Find(options.Value);
        if (!File.Exists(path))
            return $"There is no runner executable '{path}': set Runners:Path, or publish services/Runner beside this program.";
        return (File.GetUnixFileMode(path) & Execute) == UnixFileMode.None ? $"The runner '{path}' is not executable: chmod +x it." : null;
    }
}
