using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Opens the files that people give: asks each what it is before its numbers are used, unpacks what is packed, and refuses what the use
/// cannot be made of.
/// </summary>
public static class CheckpointFile
{
    /// <summary>Opens one file for one use.</summary>
    /// <param name="path">A checkpoint, plain or packed, or the index of a sharded one.</param>
    /// <param name="use">What it is opened for.</param>
    /// <param name="scratch">An existing folder with room for the unpacked form, such as that of the output; the system's folder for temporary
    /// files when left out. The unpacked file has no name any more once it is open, so nothing stays behind.</param>
    /// <param name="mask">The mask of a file that was packed without its bits.</param>
    /// <returns>A state dict of tensors that are linear, where the use needs that. Its path is the one given.</returns>
    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.MissingArtifact"/>, <see cref="FailureCodes.CorruptArtifact"/>, <see cref="FailureCodes.MaskMismatch"/>, or
    /// <see cref="FailureCodes.WrongKind"/> with the reason and the way out.
    /// </exception>
    public static StateDict Open(string path, CheckpointUse use, string? scratch = null, SparsityMask? mask = null)
    {
        var file = StateDict.Open(path);
        try
        {
            var found = CheckpointKinds.Of(file);
            if (found.Kind == CheckpointKind.Packed)
                file = Unpacked(file, scratch ?? Path.GetTempPath(), mask);
            KindRefusal.Ensure(file, found.Kind == CheckpointKind.Packed ? CheckpointKinds.OfTensors(file.Tensors) : found, use);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens several files for one use; every file that is refused is named, not only the first.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static IReadOnlyList<StateDict> OpenAll(IReadOnlyList<string> paths, CheckpointUse use, string? scratch = null, SparsityMask? mask = null)
    {
        var (files, failures) = (new List<StateDict>(), new List<StepFailure>());
        try
        {
            foreach (var path in paths)
                Note(failures, () => files.Add(Open(path, use, scratch, mask)));
            return failures.Count == 0 ? [.. files] : throw Together(failures);
        }
        catch
        {
            files.ForEach(f => f.Dispose());
            throw;
        }
    }

    /// <summary>Looks at the headers alone, so that a command over several files refuses before it has written anything.</summary>
    /// <returns>Those of the files that are packed and will be unpacked.</returns>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static IReadOnlyList<string> EnsureUsable(IReadOnlyList<string> paths, CheckpointUse use)
    {
        var (packed, failures) = (new List<string>(), new List<StepFailure>());
        foreach (var path in paths)
        {
            Note(failures, () =>
            {
                using var file = StateDict.Open(path);
                var found = CheckpointKinds.Of(file);
                KindRefusal.Ensure(file, found, use);
                if (found.Kind == CheckpointKind.Packed)
                    packed.Add(path);
            });
        }

        return failures.Count == 0 ? packed : throw Together(failures);
    }

    /// <summary>What a file says of itself beside its tensors, packed or not, without unpacking it.</summary>
    /// <exception cref="DomainException">The file is missing or corrupt.</exception>
    public static IReadOnlyDictionary<string, string> MetadataOf(string path)
    {
        using var file = StateDict.Open(path);
        return CheckpointKinds.Of(file).Kind == CheckpointKind.Packed ? PackedMetadata.Original(file) : file.Metadata;
    }

    /// <summary>The files behind a path: the file itself, or an index and its shards.</summary>
    /// <exception cref="DomainException">One is missing or corrupt.</exception>
    public static IReadOnlyList<string> FilesOf(string path)
    {
        using var file = StateDict.Open(path);
        return [.. file.Files.Append(file.Path).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Bytes of the file as it is, of all shards together.</summary>
    /// <exception cref="DomainException">The file is missing or corrupt.</exception>
    public static long SizeOf(string path)
    {
        using var file = StateDict.Open(path);
        return file.Files.Sum(f => FileSize.Of(f));
    }

    private static void Note(List<StepFailure> failures, Action open)
    {
        try
        {
            open();
        }
        catch (DomainException error)
        {
            failures.Add(error.Failure);
        }
    }

    private static StateDict Unpacked(StateDict packed, string scratch, SparsityMask? mask)
    {
        var temporary = TemporaryName.Beside(Path.Combine(scratch, Path.GetFileName(packed.Path)));
        try
        {
            PackedCheckpoint.Unpack(packed.Path, temporary, mask);
            var unpacked = StateDict.OpenAs(packed, temporary);
            packed.Dispose();
            return unpacked;
        }
        finally
        {
            // What is mapped stays readable without a name, so that not even a crash leaves it behind.
            File.Delete(temporary);
        }
    }

    private static DomainException Together(List<StepFailure> failures) => failures is [var only]
        ? new DomainException(only.Code, only.Reason, only.Remedy)
        : new DomainException(
            failures[0].Code,
            string.Join(' ', failures.Select(f => f.Reason).Distinct(StringComparer.Ordinal)),
            string.Join(' ', failures.Select(f => f.Remedy).Distinct(StringComparer.Ordinal)));
}
