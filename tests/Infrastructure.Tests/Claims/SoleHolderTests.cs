using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Tests.Artifacts;
using Wrapped = Microsoft.Extensions.Options.Options;

namespace SparsePipeline.Infrastructure.Tests.Claims;

public sealed class SoleHolderTests : IDisposable
{
    private readonly TemporaryStore _files = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task One_of_two_holds_until_it_lets_go()
    {
        var (first, second) = (Holder("first"), Holder("second"));

        (await first.TryHoldAsync(Token)).ShouldBeTrue();
        (await second.TryHoldAsync(Token)).ShouldBeFalse();
        await second.ReleaseAsync(Token);
        (await second.TryHoldAsync(Token)).ShouldBeFalse("what another holds cannot be let go");
        await first.ReleaseAsync(Token);

        (await second.TryHoldAsync(Token)).ShouldBeTrue();
        (await first.TryHoldAsync(Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_holder_that_is_silent_for_a_lease_is_succeeded_and_learns_it_and_one_that_asks_again_in_time_is_not()
    {
        var options = new ClaimOptions { LeaseSeconds = 60, HeartbeatSeconds = 10 };
        var (first, second) = (Holder("first", options), Holder("second", options));
        await first.TryHoldAsync(Token);
        await second.TryHoldAsync(Token);
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(15));
            (await first.TryHoldAsync(Token)).ShouldBeTrue();
            (await second.TryHoldAsync(Token)).ShouldBeFalse();
        }

        _time.Advance(TimeSpan.FromSeconds(61));

        (await second.TryHoldAsync(Token)).ShouldBeTrue();
        (await first.TryHoldAsync(Token)).ShouldBeFalse();
    }

    private SoleHolder Holder(string name, ClaimOptions? options = null) =>
        new("outbox/lease.json", _files.Objects, new FakeOwners { Mine = name }, Wrapped.Create(options ?? new ClaimOptions()), _time);
}
