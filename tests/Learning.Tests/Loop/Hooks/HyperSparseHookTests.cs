using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Loop.Hooks.Methods;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class HyperSparseHookTests : IDisposable
{
    /// <summary>Weights that carry nothing are pulled to zero soon, so that a cut to a half costs nothing after a few epochs.</summary>
    private static readonly TrainSpec Spec = Trainings.Spec with
    {
        Epochs = 30,
        BatchSize = 32,
        Hooks = [MethodSpecs.Of("hyper-sparse", ("sparsity", 0.5), ("strength", 2e-3), ("warmUpEpochs", 2), ("buffer", 0))],
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>κ = .2, so s = .6585/.2 = 3.2925; Σ|w| = 1.8 and Σtanh(s|w|) = 2.8206.</summary>
    [Fact]
    public void The_gradient_is_the_one_worked_out_by_hand()
    {
        using var scope = torch.NewDisposeScope();
        HyperSparseHook.Gradient([torch.tensor(new[] { 0.1f, -0.2f }), torch.tensor(new[] { 0.5f, 1f })], 0.25)
            .SelectMany(g => g.data<float>().ToArray()).ShouldBe([1.88875f, -1.40064f, 0.29032f, 0.01157f], 1e-4);
    }

    [Fact]
    public void Where_all_that_is_to_be_cut_is_zero_already_nothing_is_pulled()
    {
        using var scope = torch.NewDisposeScope();
        HyperSparseHook.Gradient([torch.tensor(new[] { 0f, 0f, 0.5f, -1f })], 0.25)[0].data<float>().ToArray().ShouldBe([0, 0, 0, 0]);
    }

    [Fact]
    public void The_training_ends_when_a_cut_copy_fits_as_well_as_the_network_and_its_log_ends_there()
    {
        var outcome = Trainings.Run(Trainings.Inputs(Spec), _folder.File("a"));

        var epochs = outcome.Report.Epochs.Count;
        epochs.ShouldBeInRange(3, 29);
        outcome.Metrics[MetricNames.Epochs].ShouldBe(epochs);
        outcome.Report.LearningRates.Count.ShouldBe(epochs * outcome.Report.IterationsPerEpoch);
        outcome.Report.Hooks!.Single().Figures["cutTrainingAccuracyEpoch"].ShouldBeInRange(3, epochs);
    }

    /// <summary>A pull of next to nothing: a cut to 70 % costs much after every epoch, however badly the network does on what it is trained with.</summary>
    [Theory]
    [InlineData(1, null)]
    [InlineData(0, "shift")]
    public void What_makes_training_harder_than_scoring_does_not_end_it(double mixup, string? augmentation)
    {
        var spec = Spec with
        {
            Epochs = 8,
            Mixup = mixup,
            Data = Spec.Data with { Augmentation = augmentation },
            Hooks = [MethodSpecs.Of("hyper-sparse", ("sparsity", 0.7), ("strength", 1e-12))],
        };

        Trainings.Run(Trainings.Inputs(spec), _folder.File("a")).Report.Epochs.Count.ShouldBe(8);
    }

    [Fact]
    public void Where_the_network_is_as_sparse_as_the_cut_already_all_epochs_are_done()
    {
        var inputs = HookCases.Inputs(Spec with { Epochs = 6 }, MethodSpecs.Of("hyper-sparse", ("sparsity", 0.5), ("strength", 1e-3), ("buffer", 0)));

        var report = Trainings.Run(inputs, _folder.File("a")).Report;

        HookCases.Mask.Kept.ShouldBeLessThan(1184 / 2 - 160, "a half of all is pruned already");
        report.Epochs.Count.ShouldBe(6);
        report.Hooks!.Single().Figures["cutTrainingAccuracyEpoch"].ShouldBe(0, "there was nothing to measure");
    }

    [Fact]
    public void A_training_that_has_ended_early_is_finished_after_it_is_resumed_too()
    {
        using var session = new TrainingSession(Trainings.Inputs(Spec));
        while (!session.IsFinished)
            session.RunEpoch(CancellationToken.None);
        session.SaveResumePoint(_folder.File("point"));
        session.Finish(_folder.File("a"));
        using var resumed = new TrainingSession(Trainings.Inputs(Spec));
        resumed.Resume(_folder.File("point"));

        (resumed.IsFinished, resumed.CompletedEpochs, resumed.Progress).ShouldBe((true, session.CompletedEpochs, 1));
        resumed.Finish(_folder.File("b"));
        File.ReadAllBytes(_folder.File("b")).ShouldBe(File.ReadAllBytes(_folder.File("a")));
    }

    [Fact]
    public void An_average_of_epochs_that_were_never_reached_leaves_the_weights_alone()
    {
        var swa = Spec with { Averaging = MethodSpecs.Of("swa", ("start", 0.99)) };

        var outcome = Trainings.Run(Trainings.Inputs(swa), _folder.File("a"));

        outcome.Report.Averaging.ShouldBeNull();
        outcome.Metrics[MetricNames.ValidationAccuracy].ShouldBeGreaterThan(0.5);
    }
}
