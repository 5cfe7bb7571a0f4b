using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Settings;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Files;

/// <summary>A checkpoint to be exported.</summary>
/// <param name="Checkpoint">A plain or packed file, or an index of shards.</param>
/// <param name="Mask">Its mask, when there is one.</param>
internal sealed record ExportSource(string Checkpoint, string? Mask)
{
    /// <summary>Bytes of the checkpoint, all shards together.</summary>
    public long SizeBytes => CheckpointFile.SizeOf(Checkpoint);

    /// <summary>Every file that is read.</summary>
    public IReadOnlyList<string> Inputs
    {
        get
        {
            using var state = StateDict.Open(Checkpoint);
            return [.. state.Files, state.Path, .. Mask is null ? (string[])[] : [Mask]];
        }
    }

    /// <summary>A checkpoint of a run, its last soup unless a node is named, with the mask of its cycle.</summary>
    /// <exception cref="DomainException">No such run or node, or it is not done yet.</exception>
    public static async Task<ExportSource> OfRunAsync(CommandSettings settings, string text, string? node, CancellationToken cancellationToken)
    {
        if (settings.IsFolder && !Directory.Exists(settings.Folder))
            throw new DomainException(
                FailureCodes.MissingArtifact, $"'{text}' is no file, and there is no store {settings.Folder} with runs.", "Give a file, or the --store or --profile of a run.");
        await using var store = LocalStore.Open(settings);
        var plan = await KnownRuns.PlanAsync(store, await KnownRuns.FindAsync(store, text, cancellationToken), cancellationToken);
        var chosen = Choose(plan, node);
        var mask = chosen.Result!.Outputs.GetValueOrDefault(OutputNames.Mask) ?? chosen.Spec switch { SoupSpec soup => soup.Mask, TrainSpec train => train.Mask, _ => null };
        return new ExportSource(
            await store.Artifacts.FetchAsync(chosen.Result.Outputs[OutputNames.Checkpoint], cancellationToken),
            mask is null ? null : await store.Artifacts.FetchAsync(mask, cancellationToken));
    }

    /// <summary>Writes every weight as it is, or in another type, in one file; what the mask prunes must be zero and is +0.</summary>
    /// <param name="output">The file to write.</param>
    /// <param name="use">What it is written for: <see cref="CheckpointUse.Copy"/>, or <see cref="CheckpointUse.Network"/> to fill one.</param>
    /// <param name="type">The type of all floating-point tensors; null keeps each tensor's own.</param>
    public void Plain(string output, CheckpointUse use = CheckpointUse.Copy, TensorType? type = null)
    {
        using var state = Open(use, output);
        CheckpointCopy.Write(state, new CheckpointTarget(output) { Type = type }, LoadMask());
    }

    /// <summary>Writes the packed form; what is packed already is packed anew, so that one form comes out whoever wrote it.</summary>
    public void Pack(string output, TensorType? type = null)
    {
        using var state = Open(CheckpointUse.Pack, output);
        if (type is null)
            PackedCheckpoint.Pack(state, output, LoadMask());
        else
            PackConverted(state, output, type.Value);
    }

    private void PackConverted(StateDict state, string output, TensorType type)
    {
        var converted = $"{output}.{type.HeaderName()}.partial";
        try
        {
            CheckpointCopy.Write(state, new CheckpointTarget(converted) { Type = type });
            using var copy = StateDict.Open(converted);
            PackedCheckpoint.Pack(copy, output, LoadMask());
        }
        finally
        {
            File.Delete(converted);
        }
    }

    private StateDict Open(CheckpointUse use, string output) =>
        CheckpointFile.Open(Checkpoint, use, Path.GetDirectoryName(Path.GetFullPath(output)), LoadMask());

    private SparsityMask? LoadMask() => Mask is null ? null : SparsityMask.Load(Mask);

    private static PlannedStep Choose(Plan plan, string? node)
    {
        var done = plan.Steps.Where(s => s.Result?.Outputs.ContainsKey(OutputNames.Checkpoint) == true).ToList();
        var found = node is null ? done.LastOrDefault(s => s.Kind == StepKinds.Soup) : done.Find(s => s.Node == node);
        return found ?? throw new DomainException(
            FailureCodes.MissingArtifact,
            node is null ? "The run has no soup yet." : $"--node '{node}' has no checkpoint in this run.",
            done.Count == 0 ? "Run the recipe first." : $"Nodes with checkpoints: {string.Join(", ", done.Select(s => s.Node))}.");
    }
}
