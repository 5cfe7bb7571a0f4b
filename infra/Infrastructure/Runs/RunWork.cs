using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>
/// The document <c>runs/{runId}/work.json</c>: how the last invocation went that computed something, for reports of later ones that find all
/// of it done. Nothing is decided by it.
/// </summary>
/// <param name="SubmittedAt">When that invocation began, by its clock.</param>
/// <param name="WallSeconds">Its wall-clock time.</param>
/// <param name="Cached">Nodes whose results were there before it.</param>
public sealed record RunWork(DateTimeOffset SubmittedAt, double WallSeconds, IReadOnlyList<string> Cached)
{
    /// <summary>
    /// The same as far as results tell it, for a run that nobody followed or whose steps other runs have computed: the time in which at
    /// least one of its steps was at work.
    /// </summary>
    public static RunWork Of(Plan plan, DateTimeOffset? submittedAt)
    {
        var spans = plan.Steps.Select(s => s.Result).OfType<Contracts.StepResult>()
            .Select(r => (Start: r.CompletedAt - TimeSpan.FromSeconds(r.Seconds), End: r.CompletedAt)).OrderBy(s => s.Start).ToList();
        var (busy, until) = (TimeSpan.Zero, DateTimeOffset.MinValue);
        foreach (var (start, end) in spans)
        {
            var from = start > until ? start : until;
            if (end > from)
                (busy, until) = (busy + (end - from), end);
        }
        return new(submittedAt ?? spans.Select(s => s.Start).FirstOrDefault(), busy.TotalSeconds, []);
    }
}
