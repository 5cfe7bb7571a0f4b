namespace SparsePipeline.Sparsification.Souping;

/// <summary>Changes of the anchor, filtered, combined and scaled: w = w₀ + s · combine(filter(w₁ − w₀), …).</summary>
/// <param name="filter">What of each member's change counts; null for all of it.</param>
/// <param name="combination">Makes one change of several.</param>
/// <param name="scale">s.</param>
internal sealed class DeltaMerge(IDeltaFilter? filter, IDeltaCombination combination, double scale) : ITensorMerge
{
    public TensorRule Look(TensorReading tensor)
    {
        var change = filter?.Look(tensor);
        return new TensorRule((run, merged) => Merge(run, change, merged));
    }

    private void Merge(TensorRun run, DeltaChange? change, Span<double> merged)
    {
        var deltas = new double[run.Members];
        for (var i = 0; i < merged.Length; i++)
        {
            for (var member = 0; member < deltas.Length; member++)
            {
                var delta = run.MemberBuffer(member)[i] - run.AnchorBuffer[i];
                deltas[member] = change is null ? delta : change(member, run.Start + i, delta);
            }

            merged[i] = Changed(run, i, scale * combination.Of(deltas));
        }
    }

    /// <summary>Where the change is a member's own the number is the member's: adding the change to the anchor would round.</summary>
    private static double Changed(TensorRun run, int i, double change)
    {
        for (var member = 0; member < run.Members; member++)
            if (change == run.MemberBuffer(member)[i] - run.AnchorBuffer[i])
                return run.MemberBuffer(member)[i];
        return change == 0 ? run.AnchorBuffer[i] : run.AnchorBuffer[i] + change;
    }
}
