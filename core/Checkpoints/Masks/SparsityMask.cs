using System.Collections.Frozen;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Which weights of a model are kept: an immutable value that knows its sparsity and its digest. It covers the prunable tensors
/// only; tensors without a mask are kept whole.
/// </summary>
public sealed class SparsityMask
{
    private readonly FrozenDictionary<string, TensorMask> _byName;
    private string? _digest;

    /// <summary>A mask from the masks of its tensors, in any order.</summary>
    /// <exception cref="ArgumentException">Two masks are for one tensor.</exception>
    public SparsityMask(IEnumerable<TensorMask> tensors)
    {
        Tensors = [.. tensors.OrderBy(t => t.Name, StringComparer.Ordinal)];
        _byName = Tensors.ToFrozenDictionary(t => t.Name);
        Kept = Tensors.Sum(t => t.Kept);
        Total = Tensors.Sum(t => t.Count);
        StructureDigest = MaskDigest.OfStructure(Tensors);
    }

    /// <summary>The masks in ordinal name order.</summary>
    public IReadOnlyList<TensorMask> Tensors { get; }

    /// <summary>Weights kept.</summary>
    public long Kept { get; }

    /// <summary>Weights covered.</summary>
    public long Total { get; }

    /// <summary>1 − Kept / Total, in [0, 1]; 0 for an empty mask.</summary>
    public double Sparsity => Total == 0 ? 0 : 1 - (double)Kept / Total;

    /// <summary>SHA-256 over names, shapes and bits in ordinal name order: equal exactly when two masks are.</summary>
    public string Digest => _digest ??= MaskDigest.Of(Tensors);

    /// <summary>
    /// SHA-256 over names and shapes of the masked tensors (not of the whole model, whose other tensors the mask does not know).
    /// </summary>
    public string StructureDigest { get; }

    /// <summary>The mask of that tensor, or null.</summary>
    public TensorMask? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads a mask file.</summary>
    /// <exception cref="DomainException">The file is missing or is not a mask.</exception>
    public static SparsityMask Load(string path) => MaskFile.Load(path);

    /// <summary>Writes a mask file, atomically; equal masks give equal bytes.</summary>
    public void Save(string path) => MaskFile.Save(this, path);

    /// <summary>Keeps what both keep.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>: they cover different tensors.</exception>
    public SparsityMask Intersect(SparsityMask other) => MaskAlgebra.Combine(this, other, (a, b) => a & b);

    /// <summary>Keeps what either keeps.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>: they cover different tensors.</exception>
    public SparsityMask Union(SparsityMask other) => MaskAlgebra.Combine(this, other, (a, b) => a | b);

    /// <summary>Whether the other keeps everything that this keeps: masks may only shrink from cycle to cycle.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>: they cover different tensors.</exception>
    public bool IsSubsetOf(SparsityMask other) => Intersect(other).Kept == Kept;
}
