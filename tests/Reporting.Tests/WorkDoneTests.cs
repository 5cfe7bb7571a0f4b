using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Tests;

public sealed class WorkDoneTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_report_of_cache_hits_shows_the_clock_and_the_steps_of_the_work_and_says_so()
    {
        var sample = SampleReport.Create();
        var report = sample with
        {
            Steps = [.. sample.Steps.Select(s => s with { Cached = true })],
            EarlierWork = new EarlierWork(Noon, 83.4, [sample.Steps[0].Node]),
        };

        WorkDone.Sentence(report)!.ShouldEndWith("submitted 2026-05-01 12:00:00Z, 1 min 23 s of wall clock.");
        var page = SampleReport.Page(report);
        page.ShouldContain($"<dd>{report.Steps.Count} (1)</dd>");
        page.ShouldContain("Cached: nothing was computed this time");
    }

    [Fact]
    public void A_report_of_work_says_nothing_of_earlier_work() => WorkDone.Sentence(SampleReport.Create()).ShouldBeNull();
}
