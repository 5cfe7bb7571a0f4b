using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Models;

/// <summary>What every built-in architecture keeps to.</summary>
public sealed class ArchitectureConformanceTests : IDisposable
{
    internal const int Classes = 7;

    private readonly TemporaryFolder _folder = new();

    // A network of activations says numbers and no logits; TopKAutoencoderTests holds what it promises.
    public static TheoryData<string> Names => [.. Architectures.Registry.Infos.Where(i => i.File is null && i.Task != "sparse-reconstruction").Select(i => i.Name)];

    public static TheoryData<string> ImageModels => [.. Architectures.Registry.Infos.Where(i => i.File is null && i.Task != "sparse-reconstruction" && DataKinds.ProblemWith(i, DataKinds.Images) is null).Select(i => i.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Inputs_become_one_logit_per_class_at_every_position(string name)
    {
        using var network = Build(name);
        using var inputs = BatchReader.Empty(3, Shape(name));
        inputs.bytes.Clear();

        Logits.Of(network, inputs).shape.ShouldBe([3 * Shape(name).Positions, Classes]);
    }

    /// <summary>Moving to a device replaces every tensor in the same way, and no device is at hand.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_in_double_precision_computes_with_nothing_that_was_left_behind(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Build(name);
        network.to(torch.ScalarType.Float64);
        var inputs = BatchReader.Empty(3, Shape(name));
        inputs.bytes.Clear();

        network.call(inputs.is_floating_point() ? inputs.to(torch.ScalarType.Float64) : inputs).dtype.ShouldBe(torch.ScalarType.Float64);
    }

    [Theory]
    [MemberData(nameof(ImageModels))]
    public void Colour_and_oblong_images_fit_too(string name)
    {
        using var network = Build(name, new InputShape(3, 32, 40));

        network.call(torch.zeros(2, 3, 32, 40)).shape.ShouldBe([2, Classes]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Initialisation_repeats_and_depends_on_the_seed(string name)
    {
        Initialised(name, 1, "a").ShouldBe(Initialised(name, 1, "b"));
        Initialised(name, 2, "c").ShouldNotBe(Initialised(name, 1, "d"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_saved_network_loads_into_the_same_bytes(string name)
    {
        var saved = Initialised(name, 1, "a");
        using var network = Build(name);
        WeightTransfer.Load(network, _folder.File("a"));
        WeightTransfer.Save(network, _folder.File("b"));

        File.ReadAllBytes(_folder.File("b")).ShouldBe(saved);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_saved_network_is_a_plain_state_dict_and_loads_packed_too(string name)
    {
        var saved = Initialised(name, 1, "a");
        using (var plain = StateDict.Open(_folder.File("a")))
        {
            CheckpointKinds.Of(plain).ShouldBe(new KindFinding(CheckpointKind.StateDict, null));
            PackedCheckpoint.Pack(plain, _folder.File("packed"));
        }

        using var network = Build(name);
        WeightTransfer.Load(network, _folder.File("packed"));
        WeightTransfer.Save(network, _folder.File("b"));

        File.ReadAllBytes(_folder.File("b")).ShouldBe(saved);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_are_uniform_within_one_over_the_root_of_the_fan_in(string name)
    {
        using var network = Build(name);
        Initialization.Apply(network, 1);
        foreach (var (tensor, weight) in network.named_parameters().Where(p => p.parameter.dim() > 1))
        {
            var bound = 1 / Math.Sqrt(weight.numel() / weight.shape[0]);
            weight.abs().max().item<float>().ShouldBeInRange((float)(bound * 0.8), (float)bound, tensor);
            Math.Abs(weight.mean().item<float>()).ShouldBeLessThan((float)(bound * 5 / Math.Sqrt(3 * weight.numel())), tensor);
        }
    }

    /// <summary>Cuts of whole rows rely on it: they spare the classes.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_layer_with_a_row_per_class_is_found_in_the_bare_checkpoint(string name)
    {
        Initialised(name, 1, "a");
        using var checkpoint = StateDict.Open(_folder.File("a"));

        checkpoint.Find(OutputLayer.Of(checkpoint.Tensors)!)!.Shape[0].ShouldBe(Classes);
    }

    /// <summary>Bare files are judged by names and shapes; of built-in models that comes to what their modules say.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Prunable_are_the_weights_of_its_linear_layers_and_convolutions_and_nothing_else(string name)
    {
        using var network = Build(name);
        Initialised(name, 1, "a");
        using var checkpoint = StateDict.Open(_folder.File("a"));

        PrunableTensors.Select(checkpoint.Tensors).Select(t => t.Name).ShouldBe(
            network.named_modules().Where(m => m.module is LinearLayer or TorchSharp.Modules.Conv2d).Select(m => m.name + ".weight").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Metadata_is_complete(string name)
    {
        var info = Architectures.Registry.Find(name).Info;

        info.Axis.ShouldBe(MethodAxes.Model);
        info.Title.ShouldNotBeEmpty();
        info.UseWhen.ShouldStartWith("Use it");
        info.Options.ShouldAllBe(o => o.Default != null && o.Description.EndsWith('.'));
    }

    private byte[] Initialised(string name, long seed, string file)
    {
        using var network = Build(name);
        Initialization.Apply(network, seed);
        WeightTransfer.Save(network, _folder.File(file));
        return File.ReadAllBytes(_folder.File(file));
    }

    internal static torch.nn.Module<torch.Tensor, torch.Tensor> Build(string name, InputShape? input = null)
    {
        var architecture = Architectures.Registry.Find(name);
        return architecture.Build(input ?? Shape(name), Classes, new OptionValues(architecture.Info, SmallModels.Of(name).Options));
    }

    internal static InputShape Shape(string name) =>
        Architectures.Registry.Find(name).Info.DataKind == DataKinds.Text ? InputShape.Text(16) : new InputShape(1, 28, 28);
}
