using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Says in words whether a soup paid, and if not, why that may be.</summary>
/// <remarks>The limits are rules of thumb, chosen so that what the report's figures show anyway is said in words; they decide nothing.</remarks>
internal static class SoupVerdict
{
    /// <summary>A barrier above this share of the loss at the ends means two basins.</summary>
    private const double HighBarrier = 0.1;

    /// <summary>A candidate this many times as far from the barycentre as the median one has left the others' basin.</summary>
    private const double FarOut = 2;

    /// <summary>Candidates closer than this share of their norm barely differ.</summary>
    private const double BarelyDiffers = 1e-3;

    public static string Of(
        SoupRequest request, IReadOnlyList<int> members, SoupScore score, SoupGeometry geometry, IReadOnlyList<LossLine> lines)
    {
        var values = request.Candidates.Select(c => c.Validation).ToList();
        if (members.Count == 1)
            return Alone(request, members[0]);
        var (best, mean, measure) = (request.Measure.Best(values), values.Average(), request.Measure);
        var who = $"The soup of {members.Count} of {values.Count} candidates has validation {measure.Noun} {Text(score.Measure)}";
        var bench = $"the best candidate ({Text(best)}) and their mean ({Text(mean)})";
        return score.Measure switch
        {
            var a when measure.IsBetter(a, best) => $"{who}: better than {bench}.",
            var a when a == best => $"{who}: as good as the best candidate, better than or equal to their mean ({Text(mean)}).",
            var a when !measure.IsBetter(mean, a) => $"{who}: between {bench}.",
            _ => $"{who}: worse than {bench}. Likely reason: {string.Join("; ", Reasons(request, geometry, lines))}.",
        };

        string Text(double value) => measure.Unit == FigureInfo.Share ? Percent(value) : Number(value);
    }

    private static string Alone(SoupRequest request, int member) => request.Candidates.Count == 1
        ? $"Nothing was averaged: there was only one candidate{Missing(request)}."
        : $"Nothing was averaged: '{request.Method.Name}' passed on candidate {member} of {request.Candidates.Count} alone.";

    private static IEnumerable<string> Reasons(SoupRequest request, SoupGeometry geometry, IReadOnlyList<LossLine> lines) =>
        Barriers(lines, request.Measure == MeasureInfo.Accuracy ? " nats" : "")
            .Concat(Outliers(geometry))
            .Concat(Spread(geometry))
            .Concat(Quorum(request))
            .DefaultIfEmpty("none of the usual ones (no barrier, no outlier, all candidates there), so perhaps only the noise of a small validation split");

    private static IEnumerable<string> Barriers(IReadOnlyList<LossLine> lines, string unit) =>
        from line in lines.OrderByDescending(l => l.Barrier).Take(1)
        where line.Barrier > HighBarrier * Math.Max(line.Losses[0], line.Losses[^1])
        select $"a barrier: on the line between candidates {line.From} and {line.To} the loss rises by {Number(line.Barrier)}{unit}, "
            + "so they lie in different basins; retrain with a lower peak learning rate or prune less per cycle";

    private static IEnumerable<string> Outliers(SoupGeometry geometry)
    {
        var median = geometry.Radii.Order().ElementAt(geometry.Radii.Count / 2);
        return geometry.Radii
            .Select((radius, i) => (Radius: radius, Candidate: i))
            .Where(c => median > 0 && c.Radius > FarOut * median)
            .Select(c => $"candidate {c.Candidate} has left the basin: it is {Number(c.Radius / median)} times as far from the barycentre as the median; leave it out or use the greedy soup");
    }

    private static IEnumerable<string> Spread(SoupGeometry geometry) => geometry.RelativeSpread < BarelyDiffers
        ? [$"the candidates barely differ (largest distance {Number(100 * geometry.RelativeSpread)} % of their norm), so there is nothing to average out; vary more, or retrain longer"]
        : [];

    private static IEnumerable<string> Quorum(SoupRequest request) =>
        Missing(request) is { Length: > 0 } missing ? [$"a small soup{missing}"] : [];

    private static string Missing(SoupRequest request) => request.Expected > request.Candidates.Count
        ? $", {request.Candidates.Count} of {request.Expected} candidates arrived"
        : "";

    private static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
