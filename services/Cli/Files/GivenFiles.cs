using SparsePipeline.Checkpoints;

namespace SparsePipeline.Cli.Files;

/// <summary>Looks at the files of a command before it does anything, and says which of them it unpacks.</summary>
internal static class GivenFiles
{
    /// <exception cref="SparsePipeline.Contracts.DomainException">Some are missing, corrupt or of a kind that cannot be used so; all such are named.</exception>
    public static void Look(Invocation invocation, IReadOnlyList<string> files, CheckpointUse use)
    {
        foreach (var packed in CheckpointFile.EnsureUsable(files, use))
            invocation.Say($"{packed} is packed; it is unpacked first");
    }
}
