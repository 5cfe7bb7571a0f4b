using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
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

    [Fact]
    public void There_is_a_job_for_every_request_by_the_name_the_request_has()
    {
        var requests = typeof(IRunnerRequest<>).Assembly.GetTypes().Where(type => type.GetInterface(typeof(IRunnerRequest<>).Name) is not null).ToList();
        var services = new ServiceCollection().AddSingleton(Substitute.For<IArtifactStore>()).AddSingleton(TimeProvider.System);
        RunnerRegistration.AddJobs(services);
        using var provider = services.BuildServiceProvider();

        provider.GetServices<IRunnerJob>().Select(job => job.Name)
            .ShouldBe(requests.Select(type => (string)type.GetProperty(nameof(TrainRequest.Job))!.GetValue(null)!), ignoreOrder: true);
        requests.ShouldContain(typeof(TrainRequest));
    }

    private sealed class Named(string name) : IRunnerJob
    {
        public string Name => name;

        public Task<JsonElement> RunAsync(JsonElement request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken) =>
            Task.FromResult(request);
    }
}
