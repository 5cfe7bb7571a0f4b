using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Settings;

/// <summary>Settings files by name: <c>.sparsepipe/profiles/NAME.settings.json</c>, where <c>make up</c> writes its own.</summary>
internal static class Profiles
{
    /// <summary>Environment variable that names another folder.</summary>
    public const string FolderVariable = "SPARSEPIPELINE_PROFILES";

    private const string Extension = ".settings.json";

    /// <summary>Where profiles are looked for.</summary>
    public static string Folder => Path.GetFullPath(
        System.Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? folder : Path.Combine(GlobalOptions.DefaultStore, "profiles"));

    /// <summary>The settings file of a profile.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: there is none of that name; the answer lists those there are.</exception>
    public static string FileOf(string name)
    {
        var known = Known();
        return known.Contains(name, StringComparer.Ordinal) ? Path.Combine(Folder, name + Extension) : throw new DomainException(
            FailureCodes.InvalidOption,
            $"--profile {name}: {Folder} has no {name}{Extension}.",
            $"{(known.Count == 0 ? "It holds no profiles yet" : $"Known profiles: {string.Join(", ", known)}")}. "
            + $"`make up` starts a broker, an object store and workers on this machine and writes the profile 'distributed'; {FolderVariable} names another folder.");
    }

    private static List<string> Known() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*" + Extension).Select(f => Path.GetFileName(f)[..^Extension.Length]).Order(StringComparer.Ordinal)]
        : [];
}
