using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Statistics;

namespace SparsePipeline.Reporting.Studies.Claims;

/// <summary>Corrects the verdicts of one family for being several; <see cref="CorrectedVerdict"/> says how.</summary>
internal static class HolmFamily
{
    /// <summary>One for each claim, in the order given.</summary>
    /// <param name="claims">What every claim of the family measured; all of the same study and split.</param>
    /// <param name="measure">What is compared.</param>
    public static IReadOnlyList<CorrectedVerdict> Of(IReadOnlyList<SeedDifferences> claims, MeasureInfo measure)
    {
        var tests = claims.Select((c, i) => (Place: i, Values: c.BySeed.Values.ToList(), P: StudentInterval.PValue([.. c.BySeed.Values]))).ToList();
        var corrected = new CorrectedVerdict[claims.Count];
        var (adjusted, goesOn, level) = (0.0, true, 0.0);
        foreach (var (step, test) in tests.OrderBy(t => t.P ?? 1).Select((t, i) => (i + 1, t)))
        {
            var left = claims.Count - step + 1;
            // What comes after the first that is not decided is not decided either, whatever its own level would say.
            if (goesOn)
                level = StudentInterval.Level / left;
            goesOn &= test.P <= level;
            adjusted = Math.Max(adjusted, Math.Min(1, left * (test.P ?? 1)));
            var interval = StudentInterval.Of(test.Values, level);
            corrected[test.Place] = new CorrectedVerdict(claims.Count, step, level, test.P, test.P is null ? null : adjusted, interval, Verdicts.Of(interval, measure));
        }

        return corrected;
    }
}
