using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Runs that a rehearsal found nothing wrong with, so that the same program is not asked the same again: <c>index/rehearsed/{digest}.json</c>.</summary>
/// <remarks>
/// The digest is that of the recipe with the digests of its data and files, and of name, length and time of every .dll in the runner's folder and of
/// the program's own .json files; native libraries of Linux (.so) and the machine are not in it. Seed and name are left out, as no refusal depends on
/// them. A refusal is never kept: what was missing may be there the next time.
/// </remarks>
public sealed class RehearsedRuns(IObjectStore store, IOptions<RunnerOptions> options)
{
    private static readonly byte[] Yes = "{}"u8.ToArray();

    /// <summary>Asks a runner, unless the answer is known to be yes.</summary>
    /// <param name="runners">Where libtorch is.</param>
    /// <param name="recipe">With its data's digest.</param>
    /// <param name="files">What it refers to.</param>
    /// <param name="mayRemember">Whether the store may be written to; who only looks at a run leaves nothing behind.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RefusedRunException">Steps would fail.</exception>
    public async Task EnsureAsync(IRunnerPool runners, Recipe recipe, IReadOnlyList<LocalFile> files, bool mayRemember, CancellationToken cancellationToken)
    {
        var key = KeyOf(recipe);
        if (key is not null && await store.ReadAsync(key, cancellationToken) is not null)
            return;
        await RunRehearsal.EnsureAsync(runners, recipe, files, cancellationToken);
        if (key is not null && mayRemember)
            await store.TryCreateAsync(key, Yes, cancellationToken);
    }

    // Null where nobody has looked at the data: other data may come under the same name.
    private string? KeyOf(Recipe recipe)
    {
        if (recipe.Data.Digest is null)
            return null;
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        all.AppendData(CanonicalJson.Serialize(recipe with { Seed = 0, Name = "" }));
        foreach (var file in ProgramFiles())
            all.AppendData(Encoding.UTF8.GetBytes($"\n{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
        return $"index/rehearsed/{Convert.ToHexStringLower(all.GetHashAndReset())}.json";
    }

    // Another build may refuse what this one does not, and its version need not say so; so may another version of a library it is built on.
    private IEnumerable<FileInfo> ProgramFiles() => Path.GetDirectoryName(RunnerLocation.Find(options.Value)) is { } folder && Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles().Where(IsOfProgram).OrderBy(f => f.Name, StringComparer.Ordinal)
        : [];

    private static bool IsOfProgram(FileInfo file) =>
        file.Extension == ".dll" || (file.Extension == ".json" && file.Name.StartsWith("SparsePipeline.", StringComparison.Ordinal));
}
