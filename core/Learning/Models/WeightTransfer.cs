using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>Moves state dicts between safetensors files and networks.</summary>
internal static class WeightTransfer
{
    /// <summary>Fills a network from a checkpoint of exactly its tensors.</summary>
    /// <remarks>
    /// Tied weights may be there under any of their names, or all if they are equal. Files without <c>num_batches_tracked</c> are accepted:
    /// averages leave it out, and only training counts with it.
    /// </remarks>
    /// <exception cref="DomainException">The checkpoint is corrupt, not finite or of another shape.</exception>
    public static void Load(torch.nn.Module network, string checkpoint)
    {
        using var state = CheckpointFile.Open(checkpoint, CheckpointUse.Network);
        using var scope = torch.NewDisposeScope();
        var tied = TiedWeights.Of(network);
        var names = StructureCheck.Run(tied.Tensors, state, tied.Others);
        state.EnsureFinite();
        foreach (var (name, tensor) in tied.Tensors)
            if (names.TryGetValue(name, out var written))
                Read(state, written, tensor);
    }

    /// <summary>Writes a checkpoint, tied weights once and with their other names in the metadata; equal weights and metadata give equal bytes.</summary>
    public static void Save(torch.nn.Module network, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var scope = torch.NewDisposeScope();
        var tied = TiedWeights.Of(network);
        var all = new SortedDictionary<string, string>((metadata ?? tied.Others).ToDictionary(), StringComparer.Ordinal);
        foreach (var (other, written) in tied.Others)
            all[other] = written;
        Save(tied.Tensors, path, all.Count == 0 ? null : all);
    }

    /// <summary>Writes named tensors with metadata.</summary>
    public static void Save(IReadOnlyDictionary<string, torch.Tensor> tensors, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var writer = StateDictWriter.Create(path, [.. tensors.Select(t => Describe(t.Key, t.Value))], metadata);
        foreach (var (name, tensor) in tensors)
            Write(writer, name, HostMemory.Values<byte>(tensor));
        writer.Complete();
    }

    /// <summary>What a file says of itself beside its tensors.</summary>
    public static IReadOnlyDictionary<string, string> MetadataOf(string checkpoint) => CheckpointFile.MetadataOf(checkpoint);

    /// <summary>Fills one tensor from a file's tensor of the same shape.</summary>
    public static void Read(StateDict state, string name, torch.Tensor destination)
    {
        if (destination.dtype == torch.ScalarType.Float32)
            HostMemory.Write<float>(destination, values => state.ReadFloats(name, 0, values));
        else
            HostMemory.Write<byte>(destination, bytes => state.Bytes(name, 0, bytes.Length).CopyTo(bytes));
    }

    private static void Write(StateDictWriter writer, string name, ReadOnlySpan<byte> bytes) => bytes.CopyTo(writer.Bytes(name, 0, bytes.Length));

    /// <summary>Name, type and shape as they are in a file.</summary>
    public static TensorInfo Describe(string name, torch.Tensor tensor) =>
        new(name, tensor.dtype == torch.ScalarType.Int64 ? TensorType.I64 : TensorType.F32, [.. tensor.shape]);
}
