using NSubstitute;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Tests;

public sealed class RunProgressTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private static readonly Recipe Sample = RecipeReader.Read(SmallRecipe.Text, Cli.Commands.Catalog.Create()).Recipe!;

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

    [Fact]
    public void A_step_is_shown_from_its_start_to_its_end()
    {
        var (progress, lookup) = (new RunProgress(workers: 2), Substitute.For<IPlanLookup>());
        lookup.Result(Arg.Any<string>()).Returns((StepResult?)null);
        var first = Planner.Plan(Sample, lookup, Start);
        progress.Planned(first).ShouldBeEmpty();
        var key = first.Ready.Single().Key!;
        progress.Started(new StepStarted { RunId = "r", StepKey = key, Kind = StepKinds.Train, At = Start });
        progress.Progressed(new StepProgressed { RunId = "r", StepKey = key, Fraction = 0.5, Message = "epoch 15/30", At = Start.AddSeconds(3) });
        Text(progress).ShouldContain("epoch 15/30");
        Text(progress).ShouldContain($"0 of {first.Steps.Count} steps");

        lookup.Result(key).Returns(new StepResult
        {
            Key = key,
            Kind = StepKinds.Train,
            CompletedAt = Start,
            Seconds = 6,
            Worker = "test",
            Failure = new StepFailure(FailureCodes.Diverged, "It diverged.", "Lower the rate."),
        });
        progress.Planned(Planner.Plan(Sample, lookup, Start)).Single().Node.ShouldBe(NodeNames.Dense);
        progress.Running.ShouldBeEmpty();
        progress.Ended.ShouldBe(1);
    }

    [Fact]
    public void A_step_that_failed_before_is_told_and_not_called_cached()
    {
        var (output, lookup) = (new StringWriter(), Substitute.For<IPlanLookup>());
        lookup.Result(Arg.Any<string>()).Returns((StepResult?)null);
        var key = Planner.Plan(Sample, lookup, Start).Ready.Single().Key!;
        lookup.Result(key).Returns(new StepResult
        {
            Key = key,
            Kind = StepKinds.Train,
            CompletedAt = Start,
            Seconds = 6,
            Worker = "test",
            Failure = new StepFailure(FailureCodes.Diverged, "It diverged.", "Lower the rate."),
        });

        new PlainProgress(new RunProgress(workers: 1), output, TimeProvider.System).Planned("r", Planner.Plan(Sample, lookup, Start));

        output.ToString().ShouldContain("0 of them cached, 1 failed before");
        output.ToString().ShouldContain("FAILED dense: It diverged.");
    }

    private static string Text(RunProgress progress)
    {
        using var text = new StringWriter();
        new Terminal(text, text, IsInteractive: false).CreateConsole().Write(ProgressTable.Draw("run", "Ctrl-C stops", progress, Start.AddSeconds(3)));
        return text.ToString();
    }
}
