namespace SparsePipeline.Checkpoints;

/// <summary>What a safetensors container of ours holds, as its metadata says. Containers of others are plain state dicts.</summary>
internal static class FileKind
{
    public const string Key = "sparsepipeline.kind";
    public const string StateDict = "state-dict";
    public const string Mask = "mask";
    public const string Statistics = "statistics";
    public const string Solution = "solution";
    public const string Packed = "sparse-bitmask";

    public static string Of(StateDict file) => file.Metadata.GetValueOrDefault(Key, StateDict);
}
