using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Keeps recipes from naming any file a worker can read: whoever may submit a run is not whoever may read that machine.</summary>
public sealed class DataRoots(IOptions<DataOptions> options)
{
    // As the kernel: beyond that they lead nowhere, and so nowhere below a root.
    private const int MostLinks = 40;
    private const string Setting = $"{DataOptions.Section}:{nameof(DataOptions.Roots)}";
    private const string Remedy = $"Put the data below such a folder, or add its folder to {Setting} of every worker that reads data, and resume the run.";

    /// <summary>Does nothing for a step without files of its own.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.DataUnavailable"/>: <c>data.path</c> is outside what this worker may read.</exception>
    public void Check(StepSpec spec) => Check(spec.DataRead?.Path);

    /// <summary>The same for a path that a recipe names; null is one that names none.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.DataUnavailable"/>: it is outside what this worker may read.</exception>
    public void Check(string? path)
    {
        if (path is not null && options.Value.Roots != DataOptions.Everywhere && !IsAllowed(path))
            throw new DomainException(FailureCodes.DataUnavailable, $"data.path '{path}' is {Where()}", Remedy);
    }

    private string Where() => options.Value.Folders is { Count: > 0 } folders
        ? $"not below {string.Join(" or ", folders)}, where alone this worker reads data ({Setting}; links count as what they lead to)."
        : $"a file of this machine, and this worker reads none: {Setting} is empty.";

    // Where ".." leads depends on links before it, so that a path with it could be judged as another than the one that is opened.
    private bool IsAllowed(string path) =>
        Path.IsPathFullyQualified(path)
        && !path.Split('/').Contains("..")
        && options.Value.Folders.Any(folder => IsBelow(Resolve(path), Resolve(folder)));

    private static bool IsBelow(string path, string folder) =>
        path == folder || path.StartsWith(folder.EndsWith('/') ? folder : folder + "/", StringComparison.Ordinal);

    // Part by part: what is above the last part may be a link, too.
    private static string Resolve(string path, int links = 0)
    {
        if (links > MostLinks)
            return "";
        var resolved = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, part);
            resolved = TargetOf(next) is { } target ? Resolve(target, links + 1) : next;
        }
        return resolved;
    }

    // A target's own parents are resolved by the caller; a loop of links leads nowhere, and whoever opens it finds out.
    private static string? TargetOf(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? target.FullName : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
