using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Infrastructure.Collection;
using SparsePipeline.Infrastructure.Tests.Artifacts;
using SparsePipeline.Infrastructure.Tests.Claims;

namespace SparsePipeline.Infrastructure.Tests.Collection;

/// <summary>Who stores an old blob waits for deletions that are under way, and for no longer than it takes.</summary>
public sealed class CollectionNoticeTests : IDisposable
{
    private const int Lease = 600;
    private const int Most = 20 * Lease;
    private readonly TemporaryStore _files = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Without_a_collection_nobody_waits() => await New("storing").WaitAsync(Token);

    [Fact]
    public async Task A_collection_that_was_killed_is_waited_for_until_its_notice_has_run_out()
    {
        await New("killed").BeginAsync(Token);

        (await SecondsOfAsync(New("storing").WaitAsync(Token))).ShouldBeInRange(Lease - 1, Most);
    }

    [Fact]
    public async Task A_collection_that_ends_is_waited_for_until_then()
    {
        var collecting = New("collecting");
        await collecting.BeginAsync(Token);

        var waited = await SecondsOfAsync(New("storing").WaitAsync(Token), async second =>
        {
            if (second == 30)
                await collecting.EndAsync();
        });

        waited.ShouldBeInRange(30, Lease - 1);
    }

    [Fact]
    public async Task A_collection_of_hours_is_waited_for_until_it_looks_at_the_blobs_again()
    {
        var collecting = New("collecting");
        await collecting.BeginAsync(Token);

        var waited = await SecondsOfAsync(New("storing").WaitAsync(Token), _ => collecting.RenewAsync(Token));

        waited.ShouldBeInRange(Lease / 10, Lease - 1);
        await Should.ThrowAsync<Contracts.DomainException>(() => New("third").BeginAsync(Token), "it goes on");
    }

    private CollectionNotice New(string owner) => new(_files.Objects, new FakeOwners { Mine = owner }, _time);

    // Seconds of the store's clock, one after another.
    private async Task<int> SecondsOfAsync(Task waiting, Func<int, Task>? eachSecond = null)
    {
        for (var second = 0; second <= Most; second++)
        {
            await Task.WhenAny(waiting, Task.Delay(2, Token));
            if (waiting.IsCompleted)
            {
                await waiting;
                return second;
            }
            _time.Advance(TimeSpan.FromSeconds(1));
            await (eachSecond?.Invoke(second) ?? Task.CompletedTask);
        }
        throw new TimeoutException("Nobody waits for that long.");
    }
}
