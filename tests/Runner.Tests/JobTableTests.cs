using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner.Tests;

public class JobTableTests
{
    [Fact]
    public void Two_jobs_with_one_name_are_refused() =>
        Should.Throw<InvalidOperationException>(() => new JobTable([new Named("a"), new Named("a")])).Message.ShouldBe("Two jobs are named 'a'.");

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones_in_order() =>
        Should.Throw<DomainException>(() => new JobTable([new Named("b"), new Named("a")]).Find("c")).Failure
            .ShouldBe(new StepFailure(FailureCodes.UnknownMethod, "This runner has no job 'c'.", "Known jobs: a, b."));

    private sealed class Named(string name) : IRunnerJob
    {
        public string Name => name;

        public Task<JsonElement> RunAsync(JsonElement request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken) =>
            Task.FromResult(request);
    }
}
