using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Files;

/// <summary>A checkpoint to be exported.</summary>
/// <param name="Checkpoint">A plain or packed file, or an index of shards.</param>
/// <param name="Mask">Its mask, when there is one.</param>
internal sealed record ExportSource(string Checkpoint, string? Mask)
{
    /// <summary>Where it comes from, to be written into the file; null for a file that somebody gave.</summary>
    public RunCheckpoint? OfRun { get; init; }

    /// <summary>Bytes of the checkpoint, all shards together.</summary>
    public long SizeBytes => CheckpointFile.SizeOf(Checkpoint);

    /// <summary>Every file that is read.</summary>
    public IReadOnlyList<string> Inputs => [.. CheckpointFile.FilesOf(Checkpoint), .. Mask is null ? (string[])[] : [Mask]];

    /// <summary>Fraction of prunable weights that the mask prunes; null without a mask.</summary>
    public double? Sparsity => RunCheckpoint.Sparsity(LoadMask());

    /// <summary>A checkpoint of a run, its last soup unless a node or a cycle is named, with the mask of its cycle.</summary>
    /// <exception cref="DomainException">No such run, node or cycle, or it is not done yet.</exception>
    public static async Task<ExportSource> OfRunAsync(Invocation invocation, string text, string? node, int? cycle, CancellationToken cancellationToken)
    {
        if (Directory.Exists(text))
            WantedFile.Ensure(text, "FILE", "Give a .safetensors file or the index of a sharded one.", ".safetensors", ".index.json");
        var settings = invocation.Settings;
        if (settings.IsFolder && !Directory.Exists(settings.Folder))
            throw new DomainException(
                FailureCodes.MissingArtifact, $"'{text}' is no file, and there is no store {settings.Folder} with runs.", "Give a file, or the --store or --profile of a run.");
        await using var store = LocalStore.Open(settings);
        var found = await RunCheckpoint.FindAsync(store, invocation, text, node, cycle, cancellationToken);
        var mask = found.Mask is null ? null : await store.Artifacts.FetchAsync(found.Mask, cancellationToken);
        return new ExportSource(await store.Artifacts.FetchAsync(found.Checkpoint, cancellationToken), mask) { OfRun = found };
    }

    /// <summary>Writes every weight as it is, or in another type, in one file; what the mask prunes must be zero and is +0.</summary>
    /// <param name="output">The file to write.</param>
    /// <param name="use">What it is written for: <see cref="CheckpointUse.Copy"/>, or <see cref="CheckpointUse.Network"/> to fill one.</param>
    /// <param name="type">The type of all floating-point tensors; null keeps each tensor's own.</param>
    public void Plain(string output, CheckpointUse use = CheckpointUse.Copy, TensorType? type = null)
    {
        using var state = Open(use, output);
        var mask = LoadMask();
        CheckpointCopy.Write(state, new CheckpointTarget(output) { Type = type, Origin = OfRun?.Origin(mask) }, mask);
    }

    /// <summary>Writes the packed form; what is packed already is packed anew, so that one form comes out whoever wrote it.</summary>
    public void Pack(string output, TensorType? type = null)
    {
        var mask = LoadMask();
        using var state = Open(CheckpointUse.Pack, output);
        if (type is null)
            PackedCheckpoint.Pack(state, output, mask, origin: OfRun?.Origin(mask));
        else
            PackConverted(state, output, type.Value);
    }

    private void PackConverted(StateDict state, string output, TensorType type)
    {
        var mask = LoadMask();
        var converted = $"{output}.{type.HeaderName()}.partial";
        try
        {
            CheckpointCopy.Write(state, new CheckpointTarget(converted) { Type = type });
            using var copy = StateDict.Open(converted);
            PackedCheckpoint.Pack(copy, output, mask, origin: OfRun?.Origin(mask));
        }
        finally
        {
            File.Delete(converted);
        }
    }

    private StateDict Open(CheckpointUse use, string output) =>
        CheckpointFile.Open(Checkpoint, use, Path.GetDirectoryName(Path.GetFullPath(output)), LoadMask());

    private SparsityMask? LoadMask() => Mask is null ? null : SparsityMask.Load(Mask);
}
