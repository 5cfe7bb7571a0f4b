using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Tests.Bus;

namespace SparsePipeline.Infrastructure.Tests.Steps;

/// <summary>A sitting during which the store of resume points is away for a moment.</summary>
public sealed class StepSittingTests
{
    private readonly IStepStore _steps = Substitute.For<IStepStore>();
    private readonly IStepHandler<PruneSpec> _handler = Substitute.For<IStepHandler<PruneSpec>>();
    private readonly IClaimStore _claims = Substitute.For<IClaimStore>();
    private readonly StoreUnavailableException _away = new("The bucket does not answer.", "Wait.", new IOException("refused"));

    public StepSittingTests()
    {
        _claims.TryClaimAsync(default!, default!, default).ReturnsForAnyArgs(new ClaimGrant(Attempts: 1, LastFault: null));
        _claims.HeartbeatAsync(default!, default!, default).ReturnsForAnyArgs(true);
        _steps.StoreResultAsync(default!, default).ReturnsForAnyArgs(call => call.Arg<StepResult>());
        _steps.SaveProgressAsync(default!, default!, default).ReturnsForAnyArgs(
            call => call.Arg<StepProgress>().ResumePoint == Point('a') ? Task.FromException(_away) : Task.CompletedTask);
    }

    [Fact]
    public async Task A_resume_point_that_cannot_be_stored_costs_itself_and_nothing_else()
    {
        Computes(() => new StepOutcome { Outputs = new Dictionary<string, ArtifactRef>(), Seconds = 3 });

        (await SitAsync()).Result.ShouldNotBeNull().Failure.ShouldBeNull();

        await _steps.Received(1).SaveProgressAsync("key", new StepProgress(Point('b'), 2), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_refusal_is_not_hidden_by_a_resume_point_that_could_not_be_stored()
    {
        Computes(() => throw new DomainException(FailureCodes.Diverged, "The loss is NaN.", "Lower the learning rate."));

        (await SitAsync()).Result.ShouldNotBeNull().Failure.ShouldNotBeNull().Code.ShouldBe(FailureCodes.Diverged);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_method_that_this_worker_does_not_know_is_left_to_another_where_there_may_be_one(bool isShared)
    {
        Computes(() => throw new DomainException(FailureCodes.UnknownMethod, "There is no pruner 'wanda'.", "Known: none."));

        var end = await SitAsync(isShared);

        (end.Result is null, end.Continue).ShouldBe((isShared, false));
        await _claims.Received(isShared ? 1 : 0).RestAsync("key", "me", "There is no pruner 'wanda'.", Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task The_resume_point_a_sitting_ends_with_has_to_be_stored()
    {
        Computes(() => new StepOutcome { ResumePoint = Point('a'), Seconds = 3 });

        (await Should.ThrowAsync<StoreUnavailableException>(SitAsync)).ShouldBe(_away);
    }

    private static ArtifactRef Point(char name) => new(new string(name, 64), 1, ArtifactFormats.ResumePoint);

    // Tells of two resume points before it ends; the first of them cannot be stored.
    private void Computes(Func<StepOutcome> end)
    {
        _handler.ComputeAsync(default!, default!, default).ReturnsForAnyArgs(call =>
        {
            var progress = call.Arg<StepSlice>().Progress;
            progress.Report(new RunnerProgress(0.1, "", Point('a'), 1));
            progress.Report(new RunnerProgress(0.2, "", Point('b'), 2));
            return Task.FromResult(end());
        });
    }

    private Task<SittingEnd> SitAsync() => SitAsync(isShared: false);

    private Task<SittingEnd> SitAsync(bool isShared)
    {
        var (intake, owners) = (Substitute.For<IStepIntake<PruneSpec>>(), Substitute.For<IClaimOwners>());
        intake.MaxAttempts.Returns(3);
        intake.IsShared.Returns(isShared);
        owners.Mine.Returns("me");
        var claims = new StepClaims(
            _claims, Substitute.For<IRunStore>(), owners, Microsoft.Extensions.Options.Options.Create(new ClaimOptions()), Substitute.For<IHostApplicationLifetime>(), TimeProvider.System);
        var kind = new StepKind<PruneSpec>(PruneSpec.Info, order => order);
        var sitting = new StepSitting<PruneSpec>(
            kind, _handler, new DataRoots(Microsoft.Extensions.Options.Options.Create(new DataOptions())), _steps, Substitute.For<IArtifactStore>(), claims, intake, owners, Confirming.Always, TimeProvider.System,
            NullLogger<StepSitting<PruneSpec>>.Instance);
        return sitting.SitAsync(Substitute.For<ConsumeContext>(), new StepOrder<PruneSpec>("run", "key", TestBus.Command().Spec));
    }
}
