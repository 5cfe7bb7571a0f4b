namespace SparsePipeline.Learning.Loop.Averaging;

/// <summary>Averages over the path of one training, of the <c>averaging</c> axis. Neither needs another training.</summary>
public static class AveragingNames
{
    /// <summary>All weights of the last part alike, one per epoch: with a rate that stays high, wide minima.</summary>
    public const string Swa = "swa";

    /// <summary>Every update, later ones more: a smoothed end point.</summary>
    public const string Ema = "ema";
}
