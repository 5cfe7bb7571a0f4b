using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Tests.Runs;

public sealed class RunWorkTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_time_at_work_counts_overlaps_once_and_pauses_not_at_all()
    {
        // 0–10 and 5–15 overlap; then nothing until 100–120, within which 105–110 lies.
        var work = RunWork.Of(PlanOf((10, 10), (15, 10), (120, 20), (110, 5)), submittedAt: null);

        (work.WallSeconds, work.SubmittedAt).ShouldBe((35, Noon));
    }

    [Fact]
    public void The_submission_is_the_one_that_was_written_down() =>
        RunWork.Of(PlanOf((10, 10)), Noon.AddMinutes(-1)).SubmittedAt.ShouldBe(Noon.AddMinutes(-1));

    private static Plan PlanOf(params (double End, double Seconds)[] steps) => new()
    {
        Choices = [],
        Steps = [.. steps.Select((s, i) => new PlannedStep
        {
            Node = $"n{i}",
            Kind = StepKinds.Train,
            DependsOn = [],
            State = StepState.Done,
            Epochs = 1,
            Result = new StepResult { Key = $"k{i}", Kind = StepKinds.Train, CompletedAt = Noon.AddSeconds(s.End), Seconds = s.Seconds, Worker = "w" },
        })],
    };
}
