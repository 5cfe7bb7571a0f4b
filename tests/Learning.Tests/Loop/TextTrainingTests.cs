using System.Runtime.InteropServices;
using System.Text.Json;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Text;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

/// <summary>A tiny GPT on a text of four characters that repeats, and on a shift that goes the other way.</summary>
public sealed class TextTrainingTests : IDisposable
{
    private static readonly ModelSpec Model = ModelSpecs.Of("gpt", ("layers", 1), ("heads", 2), ("width", 16));
    private readonly TemporaryFolder _folder = new();
    private readonly DataSplits _data;

    public TextTrainingTests()
    {
        File.WriteAllText(_folder.File("forth.txt"), string.Concat(Enumerable.Repeat("abcd", 400)));
        File.WriteAllText(_folder.File("back.txt"), string.Concat(Enumerable.Repeat("dcba", 20)));
        _data = DataSets.Load(Data);
    }

    private DataSpec Data => new()
    {
        Name = TextDataSet.Name,
        Path = _folder.Path,
        Options = new MethodOptions
        {
            ["context"] = JsonSerializer.SerializeToElement(8),
            ["files"] = JsonSerializer.SerializeToElement("forth.txt"),
            ["shift"] = JsonSerializer.SerializeToElement("back.txt"),
        },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_learns_which_character_follows_and_fails_where_another_does()
    {
        var outcome = Train("net", mask: null);

        var report = Evaluate("net");

        outcome.Report.Epochs[0].TrainingLoss.ShouldBeGreaterThan(outcome.Report.Epochs[^1].TrainingLoss);
        report.Test.Accuracy.ShouldBe(1);
        report.Test.Examples.ShouldBe(19 * 8);
        report.Test.BitsPerCharacter!.Value.ShouldBe(report.Test.Loss / Math.Log(2), 1e-12);
        report.Shifts["files"].Accuracy.ShouldBeLessThan(0.2);
        CheckpointEvaluation.Metrics(report)[MetricNames.BitsPerCharacter].ShouldBe(report.Test.BitsPerCharacter.Value);
    }

    [Fact]
    public void Pruned_weights_stay_zero_and_the_rest_is_trained()
    {
        Train("sparse", Masks.Of(("lm_head.weight", [5, 16], EveryOther(5 * 16)), ("transformer.h.0.attn.c_attn.weight", [48, 16], EveryOther(48 * 16))));
        using var state = StateDict.Open(_folder.File("sparse"));

        var head = state.Floats("lm_head.weight", 0, 5 * 16).ToArray();
        head.Where((_, i) => i % 2 == 1).ShouldAllBe(w => w == 0);
        head.Where((_, i) => i % 2 == 0).ShouldAllBe(w => w != 0);
        Evaluate("sparse").SparseFlops.ShouldBe(Evaluate("sparse").DenseFlops - 8 * (5 * 16 + 48 * 16) / 2);
    }

    /// <summary>A head of zeros says nothing: every one of the 5 symbols has 1/5, so ln 5 nats, log₂ 5 bits, 0.8 in squared distance.</summary>
    [Fact]
    public void A_head_of_zeros_loses_the_logarithm_of_the_vocabulary()
    {
        using (var network = Networks.Build(Model, _data))
        {
            Initialization.Apply(network, 1);
            network.get_parameter("lm_head.weight")!.bytes.Clear();
            WeightTransfer.Save(network, _folder.File("zero"));
        }

        var report = Evaluate("zero").Test;

        report.Loss.ShouldBe(Math.Log(5), 1e-6);
        report.BitsPerCharacter!.Value.ShouldBe(Math.Log2(5), 1e-6);
        report.BrierScore!.Value.ShouldBe(0.8, 1e-6);
        report.Accuracy.ShouldBe(0, "of equal logits the first symbol is predicted, which stands for unknown characters");
    }

    [Fact]
    public void A_training_interrupted_ends_in_the_same_bytes_as_an_undisturbed_one()
    {
        Train("undisturbed", mask: null);
        using (var first = new TrainingSession(Inputs(null)))
        {
            first.RunEpoch(CancellationToken.None);
            first.SaveResumePoint(_folder.File("point"));
        }
        using var second = new TrainingSession(Inputs(null));
        second.Resume(_folder.File("point"));
        while (!second.IsFinished)
            second.RunEpoch(CancellationToken.None);
        second.Finish(_folder.File("resumed"));

        File.ReadAllBytes(_folder.File("resumed")).ShouldBe(File.ReadAllBytes(_folder.File("undisturbed")));
    }

    [Fact]
    public void There_are_no_statistics_to_recalibrate()
    {
        Train("net", mask: null);

        var score = CheckpointRecalibration.Run(_folder.File("net"), Model, _data, splitSeed: 1, share: 1, _folder.File("same"));

        score.ShouldBe(score with { Loss = Evaluate("net").Validation.Loss });
        File.ReadAllBytes(_folder.File("same")).ShouldBe(File.ReadAllBytes(_folder.File("net")));
    }

    [Fact]
    public void The_loss_is_the_mean_over_all_positions()
    {
        using var logits = torch.tensor(new float[] { 0, 0, 1, 1, 2, 0 }, [1, 3, 2]);
        using var network = new Fixed(logits);
        using var rows = Logits.Of(network, logits);
        using var labels = torch.tensor(new long[] { 0, 1, 0 });

        // ln 2 of the first two, and ln(1 + e⁻²) of the third.
        MemoryMarshal.Read<float>(torch.nn.functional.cross_entropy(rows, labels).bytes)
            .ShouldBe((float)((2 * Math.Log(2) + Math.Log(1 + Math.Exp(-2))) / 3), 1e-6f);
    }

    [Fact]
    public void Augmentations_and_corruptions_of_pictures_are_refused_for_text()
    {
        var inputs = Inputs(null);
        Should.Throw<DomainException>(() => new TrainingSession(inputs with { Spec = inputs.Spec with { Data = Data with { Augmentation = "shift" } } }))
            .Failure.Reason.ShouldBe("The augmentation 'shift' works on images, but the data is text (8 characters).");
        Should.Throw<DomainException>(() => Evaluate("net", "fog"))
            .Failure.Reason.ShouldBe("The corruption 'fog' works on images, but the data is text (8 characters).");
    }

    [Fact]
    public void Models_are_refused_for_data_of_the_other_kind()
    {
        Should.Throw<DomainException>(() => Networks.Build(ModelSpecs.Mlp(4), _data))
            .Failure.Reason.ShouldBe("The model 'mlp' works on numbers, but the data is text (8 characters).");
        Should.Throw<DomainException>(() => Networks.Build(Model, Trainings.Data))
            .Failure.Reason.ShouldBe("The model 'gpt' works on text, but the data is images (1×8×8).");
    }

    [Fact]
    public void Every_linear_layer_can_be_looked_at_with_its_inputs()
    {
        Train("net", mask: null);
        var layers = new List<CapturedLayer>();

        LayerCapture.ForEach(_folder.File("net"), Model, _data, batch: 3, (layer, _) => layers.Add(layer));

        layers.Select(l => (l.Name, string.Join('×', l.InputShape))).ShouldBe(
        [
            ("transformer.h.0.attn.c_attn", "3×8×16"), ("transformer.h.0.attn.c_proj", "3×8×16"), ("transformer.h.0.mlp.c_fc", "3×8×16"),
            ("transformer.h.0.mlp.c_proj", "3×8×64"), ("lm_head", "3×8×16"),
        ]);
    }

    private TrainingOutcome Train(string file, SparsityMask? mask) => Trainings.Run(Inputs(mask), _folder.File(file));

    private TrainingInputs Inputs(SparsityMask? mask) => new()
    {
        Spec = Trainings.Spec with { Model = Model, Data = Data, Epochs = 6, BatchSize = 16, Recalibration = 0 },
        Data = _data,
        Mask = mask,
    };

    private EvaluationReport Evaluate(string file, params string[] corruptions) => CheckpointEvaluation.Run(
        [_folder.File(file)],
        new EvaluateSpec
        {
            AlgorithmVersion = EvaluateSpec.CurrentVersion,
            Checkpoint = new ArtifactRef(new string('0', 64), 1, ArtifactFormats.Safetensors),
            Model = Model,
            Data = Data,
            Corruptions = corruptions.Length == 0 ? null : corruptions,
        },
        _data).Report;

    private static string EveryOther(int count) => string.Concat(Enumerable.Repeat("10", count / 2));

    private sealed class Fixed(torch.Tensor logits) : torch.nn.Module<torch.Tensor, torch.Tensor>(nameof(Fixed))
    {
        public override torch.Tensor forward(torch.Tensor input) => logits;
    }
}
