namespace SparsePipeline.Gateway.Webhooks.Sending;

/// <summary>When a delivery is tried again.</summary>
internal static class RetrySchedule
{
    private const double Spread = 0.1;
    private static readonly TimeSpan MostAsked = TimeSpan.FromDays(1);

    /// <summary>The wait before the next try; null when there is none.</summary>
    /// <param name="waits">Before each further try.</param>
    /// <param name="tries">Tries so far, at least 1.</param>
    /// <param name="asked">What the receiver asked for; a day counts at most.</param>
    /// <param name="draw">Drawn from [0, 1): waits of many differ by up to a tenth, so that they do not all come back at once.</param>
    public static TimeSpan? After(IReadOnlyList<TimeSpan> waits, int tries, TimeSpan? asked, double draw)
    {
        if (tries > waits.Count)
            return null;
        var wait = waits[tries - 1] * (1 + (Spread * ((2 * draw) - 1)));
        return asked is { } least && least > wait ? (least < MostAsked ? least : MostAsked) : wait;
    }
}
