using SparsePipeline.Infrastructure.Tests.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Runs.Scale;

public sealed class SweepCostTests : IDisposable
{
    private readonly TemporaryStore _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_sweep_costs_by_what_changed_and_not_by_how_many_runs_are_active()
    {
        var runs = new ManyRuns(_files.Objects, _files.Artifacts);
        await runs.SubmitAsync(0, 250);
        await runs.SettleAsync(250);
        var few = await runs.SweepAsync();
        await runs.SubmitAsync(250, 250);
        await runs.SettleAsync(500);
        var many = await runs.SweepAsync();

        many.ShouldBe(few);

        await runs.SubmitAsync(500, 20);
        (await runs.SweepAsync()).ShouldBeGreaterThan(many);
    }

    [Fact]
    public async Task A_page_of_runs_costs_a_listing_and_its_own_runs()
    {
        var runs = new ManyRuns(_files.Objects, _files.Artifacts);
        await runs.SubmitAsync(0, 300);
        runs.Store.Take();

        var page = await runs.Index.PageAsync(new() { Limit = 20 }, TestContext.Current.CancellationToken);

        page.Runs.Count.ShouldBe(20);
        // One listing, twenty looks for how they ended, and as many for the page after it.
        runs.Store.Take().ShouldBeLessThanOrEqualTo(1 + 20 + 20);
    }
}
