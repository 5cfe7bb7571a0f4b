using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Tests.Runs;

public sealed class UnknownRunsTests
{
    private const string Nobody = "nobody-0123456789ab";
    private readonly FakeTimeProvider _time = new();
    private readonly Lines<UnknownRuns> _log = new();
    private readonly UnknownRuns _unknown;

    public UnknownRunsTests() => _unknown = new UnknownRuns(_time, _log);

    [Theory]
    [InlineData("nobody-knows")]
    [InlineData("../../etc/passwd-0123456789ab")]
    [InlineData("")]
    [InlineData("nobody-0123456789AB")]
    public void A_name_that_no_run_can_have_need_not_be_looked_up(string name) => _unknown.Knows(name).ShouldBeTrue();

    [Fact]
    public void A_name_that_was_looked_up_in_vain_is_not_looked_up_again_for_a_while()
    {
        _unknown.Knows(Nobody).ShouldBeFalse();
        _unknown.Add(Nobody);

        _unknown.Knows(Nobody).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(10));
        _unknown.Knows(Nobody).ShouldBeFalse();
    }

    [Fact]
    public void A_run_that_was_submitted_is_looked_up_at_once()
    {
        _unknown.Add(Nobody);
        _unknown.Forget(Nobody);

        _unknown.Knows(Nobody).ShouldBeFalse();
    }

    [Fact]
    public void A_flood_of_events_is_one_line_and_the_next_line_counts_it()
    {
        for (var i = 0; i < 10_000; i++)
            _unknown.Knows("made up " + i);
        _log.Written.Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(30));
        _unknown.Knows("another");

        _log.Written.Count.ShouldBe(2);
        _log.Written[^1].ShouldContain("9999 others");
    }
}
