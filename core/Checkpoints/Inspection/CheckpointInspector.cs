using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Looks at files without any recipe, model or run: what <c>inspect</c> and <c>verify</c> print.</summary>
public static class CheckpointInspector
{
    /// <summary>Reads the whole file once and says what is in it.</summary>
    /// <param name="path">A checkpoint, an index of shards, a packed checkpoint or a mask.</param>
    /// <exception cref="DomainException">The file is missing or corrupt.</exception>
    public static CheckpointSummary Inspect(string path)
    {
        using var file = StateDict.Open(path);
        var found = CheckpointKinds.Of(file);
        return found.Kind switch
        {
            CheckpointKind.Mask => SummaryOf.Mask(file, found),
            CheckpointKind.Packed => SummaryOf.Packed(file, found),
            _ => SummaryOf.StateDict(file, found),
        };
    }

    /// <summary>
    /// Verifies header and numbers, and where given the zeros under a mask and the digest of the content. Collects all failures.
    /// </summary>
    /// <param name="path">A checkpoint, an index of shards, a packed checkpoint or a mask.</param>
    /// <param name="maskPath">A mask whose pruned positions must be zero.</param>
    /// <param name="expectedDigest">SHA-256 the file must have, 64 hexadecimal digits.</param>
    public static VerificationReport Verify(string path, string? maskPath = null, string? expectedDigest = null)
    {
        var checks = new List<VerificationCheck>();
        if (expectedDigest is not null)
            checks.Add(Try("digest", () => CheckDigest(path, expectedDigest)));
        StateDict? file = null;
        checks.Add(Try("header", () => Describe(file = StateDict.Open(path))));
        using (file)
        {
            if (file is not null)
                checks.AddRange(CheckValues(file, maskPath));
        }

        return new VerificationReport(checks);
    }

    private static IEnumerable<VerificationCheck> CheckValues(StateDict file, string? maskPath)
    {
        yield return Try("finite", () =>
        {
            file.EnsureFinite();
            return $"no NaN and no infinity{Unseen(file)}";
        });
        var kind = CheckpointKinds.Of(file).Kind;
        if (kind == CheckpointKind.Mask)
            yield return Try("mask", () => Kept(SparsityMask.Load(file.Path)));
        var packed = kind == CheckpointKind.Packed;
        if (packed)
            yield return Try("packed", () => PackedCheck.Parts(file.Path));
        if (maskPath is not null)
            yield return Try(
                "zeros",
                () => packed ? PackedCheck.Zeros(file.Path, SparsityMask.Load(maskPath)) : Zeros(file, SparsityMask.Load(maskPath)));
    }

    /// <summary>What the check has not looked at, so that it does not vouch for it.</summary>
    private static string Unseen(StateDict file) =>
        string.Join(", ", file.Tensors.Where(t => !t.IsFloat && !t.Type.IsInteger()).Select(t => t.TypeName).Distinct(StringComparer.Ordinal)) is { Length: > 0 } types
            ? $"; tensors of {types} were not looked at"
            : "";

    private static string Kept(SparsityMask mask) => $"keeps {mask.Kept} of {mask.Total} weights";

    private static string Zeros(StateDict file, SparsityMask mask)
    {
        ZeroCheck.Ensure(file, mask);
        return $"all {mask.Total - mask.Kept} pruned positions are zero";
    }

    private static string Describe(StateDict file) =>
        $"{CheckpointKinds.Name(CheckpointKinds.Of(file).Kind)}, {file.Tensors.Count} tensors in {file.Files.Count} file(s)";

    private static string CheckDigest(string path, string expected)
    {
        path = CheckpointFolder.Find(path);
        if (!File.Exists(path))
            throw CorruptFile.Missing(path, "Give the path of an existing file.");
        var actual = ContentDigest.OfFile(path);
        return actual.Equals(expected, StringComparison.OrdinalIgnoreCase)
            ? $"content is {actual}"
            : throw CorruptFile.Because(
                path, $"the content has SHA-256 {actual}, expected {expected}.", "Fetch the file again, or check which file was meant.");
    }

    private static VerificationCheck Try(string name, Func<string> check)
    {
        try
        {
            return new VerificationCheck(name, Passed: true, check());
        }
        catch (DomainException exception)
        {
            return new VerificationCheck(name, Passed: false, exception.Failure.Reason, exception.Failure.Remedy);
        }
    }
}
