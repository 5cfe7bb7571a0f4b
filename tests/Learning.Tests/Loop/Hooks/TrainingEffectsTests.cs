using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class TrainingEffectsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_without_hooks_has_no_effects_and_names_none()
    {
        using var session = new TrainingSession(Trainings.Inputs(Trainings.Spec));

        session.Updates.Effects.ShouldBeNull();
        session.Report().Hooks.ShouldBeNull();
    }

    [Fact]
    public void Hooks_act_and_are_reported_in_the_order_of_the_recipe()
    {
        var (rigl, hyper) = (HookCases.Busy("rigl"), HookCases.Busy("hyper-sparse"));

        Names(rigl, hyper).ShouldBe(["rigl", "hyper-sparse"]);
        Names(hyper, rigl).ShouldBe(["hyper-sparse", "rigl"]);
    }

    [Fact]
    public void What_each_hook_costs_is_a_metric_when_somebody_has_a_clock_and_never_in_the_report()
    {
        var inputs = HookCases.Inputs(HookCases.Busy("rigl"));

        var timed = Trainings.Run(inputs with { Time = TimeProvider.System }, _folder.File("timed"));
        var plain = Trainings.Run(inputs, _folder.File("plain"));

        timed.Metrics["hookSeconds/rigl"].ShouldBeGreaterThan(0);
        plain.Metrics.Keys.ShouldNotContain("hookSeconds/rigl");
        CanonicalJson.Serialize(timed.Report).ShouldBe(CanonicalJson.Serialize(plain.Report));
    }

    [Fact]
    public void Two_hooks_that_move_the_mask_are_refused() =>
        Should.Throw<DomainException>(() => new TrainingSession(HookCases.Inputs(HookCases.Busy("rigl"), HookCases.Busy("sparse-momentum")))).Failure.Reason
            .ShouldBe("The hooks of the training do not go together: 'rigl', 'sparse-momentum' each decide which weights are pruned, and one hook at most may.");

    [Fact]
    public void An_unknown_hook_is_refused_with_the_names_there_are()
    {
        var failure = Should.Throw<DomainException>(() => new TrainingSession(HookCases.Inputs(MethodSpec.Of("rigel")))).Failure;

        (failure.Code, failure.Reason).ShouldBe((FailureCodes.UnknownMethod, "There is no hook 'rigel'."));
        failure.Remedy.ShouldContain("Did you mean 'rigl'?");
    }

    private IEnumerable<string> Names(params MethodSpec[] hooks) =>
        Trainings.Run(HookCases.Inputs(hooks), _folder.File("a")).Report.Hooks!.Select(h => h.Name);
}
