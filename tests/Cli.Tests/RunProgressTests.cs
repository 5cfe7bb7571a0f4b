using SparsePipeline.Cli.Runs;

namespace SparsePipeline.Cli.Tests;

public sealed class RunProgressTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void A_step_a_quarter_done_after_ten_seconds_has_thirty_left()
    {
        var step = new RunningStep("n", "train", Start, 0.25, "", Start.AddSeconds(10));
        step.Remaining(Start.AddSeconds(10)).ShouldBe(TimeSpan.FromSeconds(30));
        step.Remaining(Start.AddSeconds(14)).ShouldBe(TimeSpan.FromSeconds(26), "time passes between reports");
        step.Remaining(Start.AddSeconds(99)).ShouldBe(TimeSpan.Zero, "never less than nothing");
    }

    [Fact]
    public void A_step_that_has_done_nothing_has_no_estimate() =>
        new RunningStep("n", "train", Start, 0, "", Start).Remaining(Start.AddSeconds(5)).ShouldBeNull();
}
