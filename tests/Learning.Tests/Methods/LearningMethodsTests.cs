using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Tests.Methods;

public sealed class LearningMethodsTests
{
    [Fact]
    public void All_axes_of_this_project_are_listed() => Names().ShouldBe(new Dictionary<string, string[]>
    {
        [MethodAxes.Model] = ["autoencoder", "cnn", "gpt", "lenet5", "mlp", "resnet18", "resnet20", "topk-autoencoder", "torchscript", "vgg11", "vgg16", "wide-resnet"],
        [MethodAxes.Data] = ["activations", "cifar10", "cifar100", "csv", "digits", "folders", "glyphs", "idx", "tensors", "text", "vectors"],
        [MethodAxes.Augmentation] = ["crop-flip", "shift", "shift-flip"],
        [MethodAxes.Corruption] =
        [
            "brightness", "contrast", "defocus-blur", "elastic", "fog", "gaussian-blur", "gaussian-noise", "impulse-noise", "jpeg", "motion-blur",
            "occlusion", "pixelate", "rotate", "shot-noise", "speckle-noise", "translate", "zoom-blur",
        ],
        [MethodAxes.Task] = ["classification", "next-token", "pairs", "reconstruction", "regression", "sparse-reconstruction"],
        [MethodAxes.Metric] = ["balanced-accuracy", "error-detection", "macro-f1", "perplexity", "top-5-accuracy"],
        [MethodAxes.LearningRate] = ["constant", "cosine", "linear", "step"],
        [MethodAxes.Retraining] = ["ALLR", "CLR", "FT", "LLR", "LRW", "SLR"],
        [MethodAxes.Optimizer] = ["adamw", "sgd"],
        [MethodAxes.Averaging] = ["ema", "swa"],
        [MethodAxes.Hook] = ["hyper-sparse", "rigl", "sparse-momentum", "unit-norm"],
        [MethodAxes.Transform] = ["spp"],
    }.SelectMany(axis => axis.Value.Select(name => (axis.Key, name))));

    [Fact]
    public void Every_method_says_when_to_use_it() => LearningMethods.All.ShouldAllBe(m => m.UseWhen.StartsWith("Use it ") && m.UseWhen.EndsWith('.'));

    [Fact]
    public void Schedules_that_asked_for_something_before_recipes_said_so_ask_for_it_still() => FormerNeeds.RetrainingSchedules.ShouldAllBe(name =>
        LearningMethods.All.Single(m => m.Axis == MethodAxes.Retraining && m.Name == name).Needs.HasFlag(FormerNeeds.OfRetraining(name)));

    private static IEnumerable<(string, string)> Names() => LearningMethods.All.Select(m => (m.Axis, m.Name));
}
