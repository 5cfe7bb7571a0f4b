using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Models.TorchScript;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Models.TorchScript;

/// <summary>Scripts that cannot be used end in a reason, never in a dead process.</summary>
public sealed class RefusedScriptTests : IDisposable
{
    private const string Last = "    return _1\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_no_archive_is_corrupt()
    {
        File.WriteAllText(_folder.File("text.pt"), "def forward(x): return x");

        Scripts.Refusal(() => Scripts.Load(_folder.File("text.pt"))).Code.ShouldBe(FailureCodes.CorruptArtifact);
    }

    [Theory]
    [InlineData("data.pkl")]
    [InlineData("constants.pkl")]
    [InlineData("version")]
    [InlineData(ExampleScript.Network)]
    public void An_archive_with_garbage_inside_is_corrupt(string entry)
    {
        var file = ExampleScript.WithBytes(_folder.File("garbage.pt"), entry, _ => [0x80, 2, 0xff, 0xff, (byte)'.']);

        Scripts.Refusal(() => Scripts.Load(file)).Reason.ShouldStartWith("garbage.pt is no TorchScript module that libtorch can load: ");
    }

    [Fact]
    public void A_tensor_that_is_longer_than_its_memory_is_not_read()
    {
        var file = ExampleScript.WithBytes(_folder.File("short.pt"), "/data/0", bytes => bytes[..^4]);

        Scripts.Refusal(() => Scripts.Load(file)).Reason.ShouldBe("Model torchscript has 'features.0.weight', whose values are not all in the file.");
    }

    /// <summary>Mean and variance of one BatchNorm are equally large: the whole one must not vouch for the other.</summary>
    [Fact]
    public void A_tensor_that_is_cut_short_is_found_beside_another_of_its_size()
    {
        var file = ExampleScript.WithBytes(_folder.File("short.pt"), "/data/3", bytes => bytes[..^4]);

        Scripts.Refusal(() => Scripts.Load(file)).Reason.ShouldContain("has 'features.1.running_mean', whose values are not all in the file");
    }

    [Fact]
    public void Inputs_of_another_shape_are_named_with_what_the_script_said()
    {
        var failure = Scripts.Refusal(() => TorchScriptArchitecture.Load(ExampleScript.File, new InputShape(3, 8, 8), 10));

        failure.Code.ShouldBe(FailureCodes.InvalidModel);
        failure.Reason.ShouldBe(
            "Model torchscript failed in evaluation mode on inputs [2, 3, 8, 8]: Given groups=1, weight of size [16, 1, 3, 3], "
            + "expected input[2, 3, 8, 8] to have 1 channels, but got 3 channels instead.");
    }

    [Fact]
    public void Another_number_of_classes_is_named_with_both_shapes() =>
        Scripts.Refusal(() => TorchScriptArchitecture.Load(ExampleScript.File, new InputShape(1, 8, 8), 62)).Reason
            .ShouldBe("Model torchscript returns [2, 10] for inputs [2, 1, 8, 8], but the data needs [2, 62]: one logit per class.");

    [Theory]
    [InlineData("    return torch.flatten(_1)\n", "returns [20] for inputs")]
    [InlineData("    return torch.to(_1, 7)\n", "returns Float64, but logits are Float32")]
    [InlineData("    return torch.dropout(_1, 0.5, True)\n", "gives other outputs for the same inputs in evaluation mode")]
    [InlineData("    ops.prim.RaiseException(\"not today\", \"builtins.ValueError\")\n    return _1\n", "failed in evaluation mode on inputs [2, 1, 8, 8]: ")]
    public void Outputs_that_are_no_logits_are_refused(string end, string reason) => RefusalOf(ExampleScript.Network, Last, end).ShouldContain(reason);

    [Fact]
    public void Several_outputs_are_refused()
    {
        var pair = ExampleScript.WithText(_folder.File("pair.pt"), ExampleScript.Network, "inputs: Tensor) -> Tensor:", "inputs: Tensor) -> Tuple[Tensor, Tensor]:");
        var whole = ExampleScript.WithText(_folder.File("whole.pt"), ExampleScript.Network, Last, "    return (_1, _1)\n", pair);

        var failure = Scripts.Refusal(() => Scripts.Load(whole));

        failure.Code.ShouldBe(FailureCodes.InvalidModel);
        failure.Reason.ShouldStartWith("Model torchscript failed in evaluation mode on inputs [2, 1, 8, 8]: ");
    }

    [Fact]
    public void A_script_without_parameters_cannot_be_trained()
    {
        var file = ExampleScript.WithText(_folder.File("a.pt"), "modules/conv", "__parameters__ = [\"weight\", \"bias\", ]", "__parameters__ = []");
        file = ExampleScript.WithText(_folder.File("b.pt"), "modules/linear", "__parameters__ = [\"weight\", \"bias\", ]", "__parameters__ = []", file);
        file = ExampleScript.WithText(_folder.File("c.pt"), "modules/batchnorm", "__parameters__ = [\"weight\", \"bias\", ]", "__parameters__ = []", file);

        Scripts.Refusal(() => Scripts.Load(file)).Reason.ShouldBe("Model torchscript has no parameters to train.");
    }

    [Fact]
    public void A_trace_that_was_made_in_training_mode_is_found_out() =>
        RefusalOf("modules/batchnorm", "bias, bn_training, 0.1", "bias, True, 0.1")
            .ShouldContain("changes 'features.1.running_var', 'features.5.running_var' in evaluation mode");

    [Fact]
    public void A_failure_in_training_mode_is_told_when_training_begins()
    {
        var file = ExampleScript.WithText(
            _folder.File("untrainable.pt"),
            ExampleScript.Network,
            Last,
            "    if self.training:\n      ops.prim.RaiseException(\"not for training\", \"builtins.ValueError\")\n    else:\n      pass\n    return _1\n");

        FirstEpoch(file).ShouldContain("failed in training mode on inputs [64, 1, 8, 8]: ");
    }

    [Fact]
    public void Outputs_without_a_gradient_are_told_when_training_begins() =>
        FirstEpoch(ExampleScript.WithText(_folder.File("detached.pt"), ExampleScript.Network, Last, "    return torch.detach(_1)\n"))
            .ShouldContain("returns outputs without a gradient");

    [Fact]
    public void Weights_that_are_not_finite_are_named()
    {
        var file = ExampleScript.WithBytes(_folder.File("nan.pt"), "/data/0", bytes =>
        {
            MemoryMarshal.Cast<byte, float>(bytes.AsSpan())[0] = float.NaN;
            return bytes;
        });

        var failure = Scripts.Refusal(() => new TrainingSession(Scripts.Inputs(Scripts.Spec, file)).Dispose());

        (failure.Code, failure.Reason).ShouldBe((FailureCodes.NotFinite, "Model torchscript has values that are not finite in 'features.0.weight'."));
    }

    [Fact]
    public void Start_weights_of_another_network_are_told_all_at_once()
    {
        Trainings.Run(Trainings.Inputs(Trainings.Spec with { Epochs = 1 }), _folder.File("mlp"));

        var failure = Scripts.Refusal(() => new TrainingSession(Scripts.Inputs(Scripts.Spec, checkpoint: _folder.File("mlp"))).Dispose());

        failure.Code.ShouldBe(FailureCodes.ShapeMismatch);
        failure.Reason.ShouldContain("'features.0.weight' [16, 1, 3, 3]");
        failure.Reason.ShouldContain("'layers.1.bias'");
    }

    [Fact]
    public void A_model_without_its_file_says_where_the_file_is_named() =>
        Scripts.Refusal(() => Networks.Build(Scripts.Spec.Model, Trainings.Data)).Remedy.ShouldContain("model.file");

    [Fact]
    public void Layers_of_a_script_are_not_guessed() =>
        Scripts.Refusal(() => LayerCapture.ForEach("any", Scripts.Spec.Model, Trainings.Data, 1, (_, _) => { })).Reason.ShouldContain("shows no layers");

    private string FirstEpoch(string file)
    {
        using var session = new TrainingSession(Scripts.Inputs(Scripts.Spec, file));
        return Scripts.Refusal(() => session.RunEpoch(CancellationToken.None)).Reason;
    }

    private string RefusalOf(string entry, string old, string replacement) =>
        Scripts.Refusal(() => Scripts.Load(ExampleScript.WithText(_folder.File("changed.pt"), entry, old, replacement))).Reason;
}
