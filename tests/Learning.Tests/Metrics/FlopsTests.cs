using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Metrics;

public sealed class FlopsTests
{
    [Fact]
    public void A_linear_layer_costs_its_weights() => Dense("mlp", new InputShape(1, 8, 8)).ShouldBe(64 * 128 + 128 * 64 + 64 * 10);

    /// <summary>28×28 positions of 6·25, 10×10 of 16·6·25, then 400·120 + 120·84 + 84·10: the 416,520 of the literature.</summary>
    [Fact]
    public void LeNet_5_costs_what_the_literature_says() => Dense("lenet5", new InputShape(1, 28, 28)).ShouldBe(416_520);

    /// <summary>He et al. 2016 give 0.04 · 10⁹ for CIFAR; counted by hand: 40.55 M.</summary>
    [Fact]
    public void ResNet_20_costs_what_the_literature_says() => Dense("resnet20", new InputShape(3, 32, 32)).ShouldBe(40_551_040);

    /// <summary>ResNet-18 for CIFAR is given with 0.56, VGG-16 with 0.31, WRN-16-4 with 0.39 · 10⁹.</summary>
    [Theory]
    [InlineData("resnet18", 555_422_720)]
    [InlineData("vgg16", 313_201_664)]
    [InlineData("wide-resnet", 392_612_352)]
    public void The_larger_networks_cost_what_the_literature_says(string model, long expected) => Dense(model, new InputShape(3, 32, 32)).ShouldBe(expected);

    [Fact]
    public void Zero_weights_cost_nothing_where_they_are_used()
    {
        using var network = Build("lenet5", new InputShape(1, 28, 28));
        using (torch.no_grad())
            foreach (var (_, parameter) in network.named_parameters())
                parameter.fill_(1);
        using (torch.no_grad())
            network.get_parameter("conv1.weight")!.view(-1).narrow(0, 0, 100).fill_(0);

        Flops.Of(network, new InputShape(1, 28, 28)).ShouldBe(new Flops(416_520, 416_520 - 100 * 28 * 28));
    }

    private static long Dense(string model, InputShape input)
    {
        using var network = Build(model, input);
        return Flops.Of(network, input)!.Dense;
    }

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Build(string model, InputShape input)
    {
        var architecture = Architectures.Registry.Find(model);
        return architecture.Build(input, 10, new OptionValues(architecture.Info, null));
    }
}
