namespace SparsePipeline.Learning.Metrics;

/// <summary>
/// How many independent examples a share of right predictions is worth when predictions come in clusters of equal size, the characters of
/// one window: n_eff = p(1 − p) / s², with s² = Σ(pᵢ − p)² / (m(m − 1)) the variance of the mean over m clusters (Kish 1965, Survey
/// Sampling, section 8.2: the design effect is n / n_eff). Never more than the predictions there are.
/// </summary>
/// <remarks>
/// Neighbouring windows of one text hang together too, which this does not see: an interval by it is still somewhat narrow.
/// </remarks>
internal sealed class ClusteredShare(int size)
{
    private int _predictions;
    private long _correct;
    private long _current;
    private double _squares;

    /// <summary>Takes in the next prediction; every <c>size</c> of them are a cluster.</summary>
    public void Add(bool correct)
    {
        _correct += correct ? 1 : 0;
        _current += correct ? 1 : 0;
        if (++_predictions % size != 0)
            return;
        _squares += (double)_current * _current;
        _current = 0;
    }

    /// <summary>From 1 to the number of predictions; one for each cluster where clusters do not differ, which says nothing about their worth.</summary>
    public int EffectiveSize
    {
        get
        {
            double clusters = _predictions / size;
            var share = (double)_correct / _predictions;
            var variance = (_squares / size / size - clusters * share * share) / (clusters * (clusters - 1));
            return variance > 0 ? (int)Math.Clamp(share * (1 - share) / variance, 1, _predictions) : (int)clusters;
        }
    }
}
