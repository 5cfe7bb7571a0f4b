using System.Runtime.CompilerServices;

namespace SparsePipeline.Learning.Data.Corruption;

/// <summary>
/// The corrupted forms of one split, kept as long as the split: a run measures many checkpoints under the same pictures, and making them takes
/// longer than measuring a small network on them.
/// </summary>
/// <param name="split">Left as it is.</param>
/// <param name="budget">Bytes to keep at most; the first forms asked for are kept, since a run asks for all in the same order again and again.</param>
internal sealed class CorruptedSplits(Examples split, long budget = CorruptedSplits.Budget)
{
    /// <summary>256 MiB: all 85 forms of 4,000 images of 28×28.</summary>
    private const long Budget = 1 << 28;

    private static readonly ConditionalWeakTable<Examples, CorruptedSplits> Kept = [];

    private readonly Dictionary<(string Kind, int Severity), Examples> _forms = [];

    /// <summary>The forms of a split, those kept from before included.</summary>
    public static CorruptedSplits Of(Examples split) => Kept.GetValue(split, s => new CorruptedSplits(s));

    /// <summary>What <see cref="CorruptedSplit.Of"/> makes of the split.</summary>
    /// <param name="kind">What goes wrong.</param>
    /// <param name="severity">1 to 5.</param>
    public Examples Find(ICorruption kind, int severity)
    {
        lock (_forms)
        {
            if (_forms.TryGetValue((kind.Info.Name, severity), out var kept))
                return kept;
            var form = CorruptedSplit.Of(split, kind, severity);
            if ((_forms.Count + 1) * (long)split.Count * split.Shape.Size <= budget)
                _forms.Add((kind.Info.Name, severity), form);
            return form;
        }
    }
}
