using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Loop.Optimization;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Models.TorchScript;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Models.TorchScript;

/// <summary>Alone, because dropout draws from the generator that all of a process share; a runner trains one network at a time.</summary>
[Collection(nameof(SharedGenerator))]
public sealed class ScriptTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Precisions.Float32)]
    [InlineData(Precisions.Bfloat16)]
    public void A_training_interrupted_after_every_epoch_ends_in_the_same_bytes_as_an_undisturbed_one(string precision)
    {
        Assert.SkipUnless(precision == Precisions.Float32 || Autocast.CanConvolve, "this processor cannot train convolutions in bfloat16");
        var spec = Scripts.Spec with { Epochs = 3, Precision = precision };
        Trainings.Run(Scripts.Inputs(spec), _folder.File("undisturbed"));
        for (var epoch = 1; epoch <= spec.Epochs; epoch++)
            using (var session = Resumed(spec, epoch - 1))
            {
                torch.manual_seed(epoch);
                session.RunEpoch(CancellationToken.None);
                session.SaveResumePoint(_folder.File($"epoch-{epoch}"));
            }
        using var last = Resumed(spec, spec.Epochs);
        last.Finish(_folder.File("resumed"));

        File.ReadAllBytes(_folder.File("resumed")).ShouldBe(File.ReadAllBytes(_folder.File("undisturbed")));
    }

    [Fact]
    public void Another_seed_changes_dropout_and_order_but_not_the_start()
    {
        Trainings.Run(Scripts.Inputs(Scripts.Spec), _folder.File("a"));
        Trainings.Run(Scripts.Inputs(Scripts.Spec with { Seed = 8 }), _folder.File("b"));

        File.ReadAllBytes(_folder.File("a")).ShouldNotBe(File.ReadAllBytes(_folder.File("b")));
    }

    [Fact]
    public void Tied_weights_are_trained_once_pruned_once_and_written_once()
    {
        using var network = TorchScriptArchitecture.Load(ExampleScript.Tied(_folder.File("tied.pt")), InputShape.Text(8), 67);
        WeightTransfer.Save(network, _folder.File("before"));
        var mask = Masks.Of(("head.weight", [67, 32], string.Concat(Enumerable.Repeat("01", 67 * 16))));
        using var masks = new TrainingMasks(network, mask);
        using var optimizer = new SgdOptimizer(masks, momentum: 0.9, weightDecay: 0);
        network.train();
        using (var loss = network.call(torch.tensor(new long[] { 1, 2, 3, 4, 5, 6, 7, 8 }, [1, 8])).pow(2).sum())
            loss.backward();
        optimizer.Step(0.01);
        WeightTransfer.Save(network, _folder.File("after"));

        using var state = StateDict.Open(_folder.File("after"));
        state.Find("embedding.weight").ShouldBeNull();
        state.Metadata["embedding.weight"].ShouldBe("head.weight");
        var table = network.state_dict()["embedding.weight"];
        MemoryMarshal.Cast<byte, float>(table.bytes).ToArray().Where((_, i) => i % 2 == 0).ShouldAllBe(w => w == 0);
        WeightTransfer.Load(network, _folder.File("before"));
    }

    [Fact]
    public void Pruned_weights_stay_zero_and_the_network_learns()
    {
        var mask = Masks.Of(("classifier.weight", [10, 128], string.Concat(Enumerable.Repeat("10", 640))));
        var inputs = Scripts.Inputs(Scripts.Spec with { Epochs = 4 }) with { Mask = mask };

        var outcome = Trainings.Run(inputs, _folder.File("pruned"));

        using var state = StateDict.Open(_folder.File("pruned"));
        var weights = new float[1280];
        state.ReadFloats("classifier.weight", 0, weights);
        weights.Where((_, i) => i % 2 == 1).ShouldAllBe(w => w == 0);
        outcome.Metrics[MetricNames.ValidationAccuracy].ShouldBeGreaterThan(0.7);
        outcome.Report.Recalibration.ShouldNotBeNull();
    }

    [Fact]
    public void A_script_that_takes_views_of_its_activations_is_trained_like_one_that_does_not()
    {
        var views = ExampleScript.WithText(
            _folder.File("views.pt"), ExampleScript.Network, "torch.flatten((features).forward(inputs, ), 1)", "torch.view((features).forward(inputs, ), [-1, 128])");
        Trainings.Run(Scripts.Inputs(Scripts.Spec), _folder.File("flat"));
        Trainings.Run(Scripts.Inputs(Scripts.Spec, views), _folder.File("views"));

        File.ReadAllBytes(_folder.File("views")).ShouldBe(File.ReadAllBytes(_folder.File("flat")));
    }

    [Fact]
    public void An_evaluation_leaves_out_what_it_cannot_know()
    {
        Trainings.Run(Scripts.Inputs(Scripts.Spec with { Epochs = 1, Recalibration = 0 }), _folder.File("net"));
        var spec = new EvaluateSpec
        {
            AlgorithmVersion = EvaluateSpec.CurrentVersion,
            Checkpoint = new ArtifactRef(new string('0', 64), 1, ArtifactFormats.Safetensors),
            Model = Scripts.Spec.Model,
            Data = Trainings.Digits,
        };

        var report = CheckpointEvaluation.Run([_folder.File("net")], spec, Trainings.Data, script: ExampleScript.File).Report;

        (report.DenseFlops, report.SparseFlops).ShouldBe((null, null));
        CheckpointEvaluation.Metrics(report).Keys.ShouldNotContain(MetricNames.SparseFlops);
        report.Test.Examples.ShouldBe(257);
    }

    private TrainingSession Resumed(TrainSpec spec, int epoch)
    {
        var session = new TrainingSession(Scripts.Inputs(spec));
        if (epoch > 0)
            session.Resume(_folder.File($"epoch-{epoch}"));
        return session;
    }
}
