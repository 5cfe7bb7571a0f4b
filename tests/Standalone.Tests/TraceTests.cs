using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Telemetry;

namespace SparsePipeline.Standalone.Tests;

/// <summary>One trace from submission to soup.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_step_of_a_run_is_in_the_trace_of_its_submission_and_its_parents_lead_there()
    {
        using var spans = new SpanRecorder("SparsePipeline.", "MassTransit");

        var outcome = await Pipelines.RunAsync(_folder.Path, Pipelines.Recipe(seed: 71), new JobLog());

        OneTrace.ShouldHold(spans, outcome);
    }

    [Fact]
    public async Task Lost_and_doubled_messages_and_the_sweeps_that_mend_them_leave_the_trace_whole()
    {
        using var spans = new SpanRecorder("SparsePipeline.", "MassTransit");

        var outcome = await Pipelines.RunAsync(_folder.Path, Pipelines.Recipe(seed: 72), new JobLog(), services => Chaos.AddTo(services, seed: 5));

        OneTrace.ShouldHold(spans, outcome);
    }

    [Fact]
    public async Task A_run_that_is_submitted_again_goes_on_in_its_first_trace()
    {
        using var spans = new SpanRecorder("SparsePipeline.");
        var recipe = Pipelines.Recipe(seed: 73);

        var first = await Pipelines.RunAsync(_folder.Path, recipe, new JobLog());
        await Pipelines.RunAsync(_folder.Path, recipe, new JobLog());

        var submissions = OneTrace.SpansOf(spans, first.RunId).Where(s => s.DisplayName == "run").ToList();
        submissions.Count.ShouldBe(2);
        submissions[1].ParentSpanId.ShouldBe(submissions[0].SpanId);
        submissions[1].TraceId.ShouldBe(submissions[0].TraceId);
    }
}
