using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>
/// Layers that were solved already, in a safetensors file: per layer its weights under their own name (F64, those that are pruned 0), <c>NAME/kept</c> (I64, 64 bits
/// of the mask each) and <c>NAME/moved</c> (F64, how far its outputs moved on the sample).
/// </summary>
public sealed class SolutionFile : IDisposable
{
    internal const string Kept = "/kept";
    internal const string Moved = "/moved";

    private SolutionFile(StateDict weights) => Weights = weights;

    /// <summary>The weights, by the names of their tensors.</summary>
    internal StateDict Weights { get; }

    /// <summary>Opens a file; numbers are read when they are asked for.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MissingArtifact"/>, <see cref="FailureCodes.CorruptArtifact"/> or <see cref="FailureCodes.WrongKind"/>.</exception>
    public static SolutionFile Open(string path)
    {
        var file = StateDict.Open(path);
        var found = CheckpointKinds.Of(file);
        if (found.Kind == CheckpointKind.Solution)
            return new SolutionFile(file);
        file.Dispose();
        throw new DomainException(
            FailureCodes.WrongKind, $"{Path.GetFileName(path)} is not of solved layers but {CheckpointKinds.Name(found.Kind)}.", "Name the solution that a step of kind 'collect' stored.");
    }

    /// <summary>The mask of the tensors of a cut, and how far the outputs of each moved.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.ShapeMismatch"/>: a tensor is missing or of another shape.</exception>
    internal (SparsityMask Mask, IReadOnlyList<LayerError> Errors) Of(IReadOnlyList<PrunableTensor> tensors)
    {
        var (masks, errors) = (new List<TensorMask>(), new List<LayerError>());
        foreach (var tensor in tensors)
        {
            var words = TensorMask.WordsFor(tensor.Total);
            if (Weights.Find(tensor.Name) is not { } weights || !weights.Shape.SequenceEqual(tensor.Shape) || Weights.Find(tensor.Name + Kept)?.Count != words)
                throw new DomainException(
                    FailureCodes.ShapeMismatch, $"The solved layers have no '{tensor.Name}' of shape [{string.Join(", ", tensor.Shape)}].", "Collect statistics of the network that is pruned.");
            var bits = MemoryMarshal.Cast<byte, ulong>(Weights.Bytes(tensor.Name + Kept, 0, words * sizeof(ulong))).ToArray();
            masks.Add(new TensorMask(tensor.Name, [.. tensor.Shape], ImmutableCollectionsMarshal.AsImmutableArray(bits)));
            errors.Add(new LayerError(tensor.Name, BinaryPrimitives.ReadDoubleLittleEndian(Weights.Bytes(tensor.Name + Moved, 0, sizeof(double)))));
        }

        return (new SparsityMask(masks), errors);
    }

    public void Dispose() => Weights.Dispose();
}
