namespace SparsePipeline.Chaos.Schedule;

/// <summary>
/// Faults in an order that a seed decides: the same seed gives the same faults. Each kind comes as often as its weight says, and every
/// kind comes at least once when there are as many faults as kinds.
/// </summary>
internal static class ChaosSchedule
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public static IReadOnlyList<PlannedFault> Of(int seed, int count, IReadOnlyList<FaultKind> kinds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var random = new Random(seed);
        var deck = Deck(count, kinds);
        random.Shuffle(deck);
        return [.. deck.Select((kind, index) => new PlannedFault(index, kind, LongestPause * random.NextDouble(), random.Next()))];
    }

    // Whoever is furthest behind its share comes next (D'Hondt); the first round goes to each kind once.
    private static FaultKind[] Deck(int count, IReadOnlyList<FaultKind> kinds)
    {
        var dealt = kinds.ToDictionary(k => k, _ => 0);
        var deck = new FaultKind[count];
        for (var i = 0; i < count; i++)
        {
            deck[i] = kinds.OrderBy(k => dealt[k] == 0 ? 0 : (dealt[k] + 1.0) / k.Weight).First();
            dealt[deck[i]]++;
        }
        return deck;
    }
}
