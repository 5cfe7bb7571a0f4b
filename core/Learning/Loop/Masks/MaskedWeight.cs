using SparsePipeline.Checkpoints;
using SparsePipeline.Learning.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Loop.Masks;

/// <summary>One parameter of a network, and which of its weights are kept.</summary>
internal sealed class MaskedWeight(string name, Parameter weight) : IDisposable
{
    /// <summary>The name it is written under.</summary>
    public string Name => name;

    /// <summary>The parameter itself. After a backward pass its gradient covers pruned positions too.</summary>
    public Parameter Weight => weight;

    /// <summary>1 where kept, 0 where pruned; null keeps everything.</summary>
    public torch.Tensor? Kept { get; private set; }

    /// <summary>True where a weight may be kept; null where any may.</summary>
    public torch.Tensor? Ceiling { get; private set; }

    /// <summary>Bounds the masks to come: outside of this one nothing is kept.</summary>
    public void Bound(TensorMask ceiling)
    {
        using var off = torch.no_grad();
        using var kept = MaskTensors.Create(ceiling, weight.device);
        Ceiling = kept.to_type(torch.ScalarType.Bool).DetachFromDisposeScope();
    }

    /// <summary>True where a weight may grow: it is not kept, and below the ceiling. It belongs to the current dispose scope.</summary>
    /// <param name="kept">1 where kept, 0 elsewhere.</param>
    public torch.Tensor Open(torch.Tensor kept) => Open(kept, Ceiling);

    /// <inheritdoc cref="Open(torch.Tensor)"/>
    /// <param name="kept">1 where kept, 0 elsewhere.</param>
    /// <param name="ceiling">True where a weight may be kept; null where any may.</param>
    public static torch.Tensor Open(torch.Tensor kept, torch.Tensor? ceiling) => ceiling is null ? kept.logical_not() : kept.logical_not().logical_and(ceiling);

    /// <summary>Begins with a mask; pruned weights become exactly +0.</summary>
    public void Begin(TensorMask mask)
    {
        using var off = torch.no_grad();
        Kept?.Dispose();
        Kept = MaskTensors.Create(mask, weight.device).DetachFromDisposeScope();
        Clear();
    }

    /// <summary>Sets pruned weights to exactly +0.</summary>
    public void Clear()
    {
        if (Kept is null)
            return;
        using var off = torch.no_grad();
        using var pruned = Kept.logical_not();
        MaskTensors.Clear(weight, pruned);
    }

    /// <summary>Takes another mask; weights that leave and weights that come become exactly +0.</summary>
    /// <param name="kept">1 where kept from now on, 0 elsewhere, in the shape of the weight.</param>
    /// <returns>True where the mask has changed; it belongs to the current dispose scope.</returns>
    public torch.Tensor Move(torch.Tensor kept)
    {
        using var off = torch.no_grad();
        if (Ceiling is { } ceiling && HostMemory.Read<bool>(kept.to_type(torch.ScalarType.Bool).logical_and(ceiling.logical_not()).any()))
            throw new InvalidOperationException($"A mask of '{Name}' that moved keeps weights outside its ceiling.");
        var changed = kept.ne(Kept!);
        Kept!.copy_(kept);
        MaskTensors.Clear(weight, changed);
        return changed;
    }

    public void Dispose()
    {
        Kept?.Dispose();
        Ceiling?.Dispose();
    }
}
