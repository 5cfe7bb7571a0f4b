using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Masks;

/// <summary>
/// Which weights of a network in training are kept: one object that optimiser, clipping and hooks share. It stays as it is given unless a hook
/// moves it; then it is part of the resume points, and the training ends with a mask of its own.
/// </summary>
internal sealed class TrainingMasks : IDisposable
{
    private const string State = "mask/";
    private readonly Dictionary<string, MaskedWeight> _byName;
    private readonly List<MaskedWeight> _all;

    /// <summary>Sets pruned weights to exactly +0.</summary>
    /// <param name="network">In training; its tensors stay where they are.</param>
    /// <param name="mask">Of this network; null keeps everything.</param>
    /// <param name="ceiling">A superset of every mask there may be; null lets masks grow anywhere.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>: the mask keeps weights outside the ceiling.</exception>
    public TrainingMasks(torch.nn.Module network, SparsityMask? mask, SparsityMask? ceiling = null)
    {
        _all = [.. TiedWeights.Parameters(network).Select(p => new MaskedWeight(p.Name, p.Parameter))];
        _byName = _all.ToDictionary(w => w.Name, StringComparer.Ordinal);
        foreach (var tensor in ceiling?.Tensors ?? [])
            if (_byName.TryGetValue(tensor.Name, out var weight))
                weight.Bound(tensor);
        Ceiling = ceiling;
        if (mask is not null)
            Begin(mask);
    }

    /// <summary>A superset of every mask there may be; null lets masks grow anywhere.</summary>
    public SparsityMask? Ceiling { get; }

    /// <summary>Every parameter that is trained once, in the network's order, masked or not.</summary>
    public IReadOnlyList<MaskedWeight> All => _all;

    /// <summary>The parameters that have a mask.</summary>
    public IEnumerable<MaskedWeight> Masked => All.Where(w => w.Kept is not null);

    /// <summary>The parameters that pruning cuts by default, in ordinal order of their names.</summary>
    public IReadOnlyList<MaskedWeight> Prunable =>
        [.. PrunableTensors.Select(All.Select(w => WeightTransfer.Describe(w.Name, w.Weight))).Select(t => _byName[t.Name])];

    /// <summary>Whether a hook moves the mask.</summary>
    public bool Moves { get; private set; }

    /// <summary>
    /// Whether gradients of pruned weights flow into the optimiser's moments, for hooks that decide by them. The weights stay at +0 either way.
    /// </summary>
    public bool FeedMoments { get; set; }

    /// <summary>Begins with a mask; parameters it does not name keep everything.</summary>
    public void Begin(SparsityMask mask)
    {
        if (Ceiling is not null && mask.Tensors.FirstOrDefault(t => Ceiling.Find(t.Name) is { } within && !IsWithin(t, within)) is { } beyond)
            throw new DomainException(
                FailureCodes.MaskMismatch, $"The mask of '{beyond.Name}' keeps weights that its ceiling does not.", "Give a mask within the ceiling, or none.");
        foreach (var tensor in mask.Tensors)
            if (_byName.TryGetValue(tensor.Name, out var weight))
                weight.Begin(tensor);
    }

    private static bool IsWithin(TensorMask mask, TensorMask ceiling)
    {
        for (var i = 0; i < mask.Words.Length; i++)
            if ((mask.Words[i] & ~ceiling.Words[i]) != 0)
                return false;
        return true;
    }

    /// <summary>From now on a hook moves the mask.</summary>
    public void Take() => Moves = true;

    /// <summary>Trains other parameters in place of one; before anybody has looked.</summary>
    public void Replace(MaskedWeight weight, IEnumerable<MaskedWeight> trained)
    {
        var index = _all.IndexOf(weight);
        _all.RemoveAt(index);
        foreach (var part in trained)
        {
            _all.Insert(index++, part);
            _byName.Add(part.Name, part);
        }

        _byName.Remove(weight.Name);
        weight.Dispose();
    }

    /// <summary>What a resume point has to hold: nothing, unless the mask moves.</summary>
    public IReadOnlyDictionary<string, torch.Tensor> ResumeState =>
        Moves ? Masked.ToDictionary(w => State + w.Name, w => w.Kept!) : new Dictionary<string, torch.Tensor>();

    /// <summary>The mask as it is stored.</summary>
    public SparsityMask ToMask() => new(Masked.Select(w => MaskTensors.Read(w.Name, w.Kept!)));

    /// <summary>Drops all gradients, in place of an update.</summary>
    public void DropGradients()
    {
        foreach (var weight in All)
            weight.Weight.grad = null;
    }

    /// <summary>Sets pruned weights to exactly +0: something else has written to the weights.</summary>
    public void Clear()
    {
        foreach (var weight in Masked)
            weight.Clear();
    }

    public void Dispose()
    {
        foreach (var weight in All)
            weight.Dispose();
    }
}
