using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Statistics;

namespace SparsePipeline.Reporting.Studies.Building;

/// <summary>Differences that were measured once per seed, with the interval of their mean.</summary>
internal static class PairedBySeed
{
    /// <param name="bySeed">Differences by seed.</param>
    public static SeedDifferences Of(IEnumerable<KeyValuePair<long, double>> bySeed)
    {
        var all = new SortedDictionary<long, double>(bySeed.ToDictionary(d => d.Key, d => d.Value));
        return new SeedDifferences(all, all.Count == 0 ? 0 : all.Values.Average(), StudentInterval.Of(all.Values));
    }

    /// <summary>Per seed the mean over several differences; seeds that one of them lacks are left out, as their mean would be of other things.</summary>
    public static SeedDifferences Pool(IReadOnlyCollection<SeedDifferences> several) => Of(
        several.SelectMany(d => d.BySeed).GroupBy(d => d.Key).Where(g => g.Count() == several.Count)
            .Select(g => KeyValuePair.Create(g.Key, g.Average(d => d.Value))));
}
