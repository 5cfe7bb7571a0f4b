using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;

namespace SparsePipeline.Infrastructure.Tests.Runs.Index;

public sealed class RunIndexTests : IDisposable
{
    private readonly RunWorld _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_run_is_filed_under_the_day_it_was_first_submitted_on()
    {
        _world.Time.SetUtcNow(new DateTimeOffset(2030, 5, 7, 23, 59, 0, TimeSpan.Zero));
        var runId = await SubmitAsync("digits");
        _world.Time.Advance(TimeSpan.FromDays(2));
        await SubmitAsync("digits");

        (await KeysAsync("index/")).ShouldBe([$"index/runs/2030-05-07/235900.0000000-{runId}.json"]);
    }

    [Fact]
    public async Task Runs_are_listed_newest_day_first_and_pages_are_not_shifted_by_new_runs()
    {
        var old = await SubmitAsync("old");
        _world.Time.Advance(TimeSpan.FromDays(1));
        var (b, c) = (await SubmitAsync("b"), await SubmitAsync("c"));

        var first = await _world.Index.PageAsync(new RunQuery { Limit = 2 }, Token);
        await SubmitAsync("a");
        var second = await _world.Index.PageAsync(new RunQuery { Limit = 2, Page = first.Next }, Token);

        Ids(first).ShouldBe([b, c]);
        Ids(second).ShouldBe([old]);
        second.Next.ShouldBeNull();
    }

    [Fact]
    public async Task Within_a_day_the_newest_run_comes_first_and_one_of_an_older_version_last()
    {
        var start = _world.Time.GetUtcNow();
        _world.Time.Advance(start.UtcDateTime.Date.AddDays(1) - start.UtcDateTime);
        var former = await SubmitAsync("z-former");
        foreach (var key in await KeysAsync("index/runs/"))
        {
            await _world.Objects.DeleteAsync(key, Token);
            await _world.Objects.WriteAsync(key[..key.LastIndexOf('/')] + $"/{former}.json", "{}"u8.ToArray(), Token);
        }
        var submitted = new List<string>();
        foreach (var name in new[] { "b", "c", "a" })
        {
            _world.Time.Advance(TimeSpan.FromMinutes(1));
            submitted.Insert(0, await SubmitAsync(name));
        }

        var first = await _world.Index.PageAsync(new RunQuery { Limit = 2 }, Token);
        var second = await _world.Index.PageAsync(new RunQuery { Limit = 2, Page = first.Next }, Token);

        Ids(first).ShouldBe(submitted[..2]);
        Ids(second).ShouldBe([submitted[2], former]);
        await _world.Runs.IndexAsync(former, Token);
        Ids(await _world.Index.PageAsync(new RunQuery(), Token)).ShouldBe([.. submitted, former], "entered twice, and listed once");
    }

    [Fact]
    public async Task Runs_are_found_by_name_and_day()
    {
        var earlier = await SubmitAsync("sms-digits");
        _world.Time.Advance(TimeSpan.FromDays(1));
        var (digits, glyphs) = (await SubmitAsync("sms-digits", epochs: 3), await SubmitAsync("sms-glyphs"));
        var today = DateOnly.FromDateTime(_world.Time.GetUtcNow().UtcDateTime);

        Ids(await _world.Index.PageAsync(new RunQuery { Name = "sms-digits", Since = today }, Token)).ShouldBe([digits]);
        Ids(await _world.Index.PageAsync(new RunQuery { Until = today.AddDays(-1) }, Token)).ShouldBe([earlier]);
        Ids(await _world.Index.PageAsync(new RunQuery { Name = "*glyphs" }, Token)).ShouldBe([glyphs]);
        Ids(await _world.Index.PageAsync(new RunQuery { Name = "digits" }, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Runs_are_found_by_the_state_in_which_the_sweep_found_them()
    {
        var (going, failed, cancelled) = (await SubmitAsync("going"), await FailAsync("failed"), await SubmitAsync("cancelled"));
        await _world.Runs.CancelAsync(cancelled, Token);
        await _world.NewSweep().SweepAsync(() => { }, Token);

        Ids(await InAsync(RunStates.Unfinished)).ShouldBe([going]);
        Ids(await InAsync(RunStates.Failed)).ShouldBe([failed]);
        Ids(await InAsync(RunStates.Cancelled)).ShouldBe([cancelled]);
        (await InAsync(RunStates.Failed)).Runs.Single().End!.Failure!.Code.ShouldBe(FailureCodes.Diverged);
    }

    [Fact]
    public async Task A_run_that_is_started_again_is_listed_as_unfinished_again()
    {
        var runId = await SubmitAsync("digits");
        await _world.Runs.CancelAsync(runId, Token);

        await SubmitAsync("digits");

        Ids(await InAsync(RunStates.Cancelled)).ShouldBeEmpty();
        Ids(await InAsync(RunStates.Unfinished)).ShouldBe([runId]);
        (await _world.Runs.ReadEndAsync(runId, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task An_entry_by_state_that_a_crash_left_behind_lists_nothing()
    {
        var runId = await SubmitAsync("digits");
        await _world.Objects.WriteAsync($"index/ended/failed/2000-01-01/{runId}.json", "{}"u8.ToArray(), Token);

        Ids(await InAsync(RunStates.Failed)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Runs_from_before_there_was_an_index_are_entered_once()
    {
        var (going, failed) = (await SubmitAsync("going"), await FailAsync("failed"));
        foreach (var key in await KeysAsync("index/"))
            await _world.Objects.DeleteAsync(key, Token);

        await _world.NewIndexBuilding().EnsureAsync(Token);
        Ids(await _world.Index.PageAsync(new RunQuery(), Token)).ShouldBe(new[] { going, failed }.Order(StringComparer.Ordinal));
        Ids(await InAsync(RunStates.Failed)).ShouldBe([failed]);

        await _world.Objects.DeleteAsync((await KeysAsync("index/runs/"))[0], Token);
        await _world.NewIndexBuilding().EnsureAsync(Token);
        (await KeysAsync("index/runs/")).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("ended.json")]
    [InlineData("submitted.json")]
    public async Task A_damaged_document_of_one_run_keeps_nobody_from_listing_all(string document)
    {
        var (whole, damaged) = (await SubmitAsync("whole"), await FailAsync("damaged"));
        await _world.NewSweep().SweepAsync(() => { }, Token);
        await DamageAsync(damaged, document);

        foreach (var _ in new[] { "first", "again" })
        {
            Ids(await _world.Index.PageAsync(new RunQuery(), Token)).ShouldBe([whole, damaged], ignoreOrder: true);
            // As whoever compares all runs with the index does.
            await _world.Runs.IndexAsync(damaged, Token);
        }
        foreach (var key in await KeysAsync("index/runs/"))
            await _world.Objects.DeleteAsync(key, Token);
        await _world.NewIndexBuilding().EnsureAsync(Token);

        (await KeysAsync("index/built")).ShouldNotBeEmpty();
        Ids(await InAsync(RunStates.Failed)).ShouldBe([damaged]);
        (await _world.Runs.ReadEndAsync(damaged, Token)).ShouldNotBeNull().State.ShouldBe(RunStates.Failed);
    }

    [Fact]
    public async Task A_run_whose_end_is_damaged_is_started_again()
    {
        var runId = await SubmitAsync("digits");
        await _world.Runs.CancelAsync(runId, Token);
        await DamageAsync(runId, "ended.json");

        await _world.NewSubmission().SubmitAsync(RunWorld.Recipe("digits"), Token);

        (await KeysAsync($"runs/{runId}/ended")).ShouldBeEmpty();
        Ids(await InAsync(RunStates.Unfinished)).ShouldBe([runId]);
    }

    [Fact]
    public async Task A_page_that_is_none_is_refused() =>
        (await Should.ThrowAsync<DomainException>(() => _world.Index.PageAsync(new RunQuery { Page = "nonsense" }, Token))).Failure.Code.ShouldBe(FailureCodes.InvalidOption);

    private Task<string> SubmitAsync(string name, int epochs = 2) => _world.Runs.SubmitAsync(RunWorld.Recipe(name, epochs), Token);

    private Task DamageAsync(string runId, string document) => _world.Objects.WriteAsync($"runs/{runId}/{document}", "{ \"Stat"u8.ToArray(), Token);

    private async Task<string> FailAsync(string name)
    {
        var runId = await SubmitAsync(name, epochs: 7);
        await _world.FailAsync(await _world.DenseKeyAsync(RunWorld.Recipe(name, 7)), FailureCodes.Diverged);
        return runId;
    }

    private Task<RunPage> InAsync(string state) => _world.Index.PageAsync(new RunQuery { State = state }, Token);

    private static IEnumerable<string> Ids(RunPage page) => page.Runs.Select(r => r.Run.RunId);

    private Task<string[]> KeysAsync(string prefix) => _world.Objects.ListAsync(prefix, Token).ToArrayAsync(Token).AsTask();
}
