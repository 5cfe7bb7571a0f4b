using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Models;

public sealed class InputSizeTests
{
    [Theory]
    [InlineData("vgg11", 17)]
    [InlineData("vgg16", 28)]
    [InlineData("vgg11", 32)]
    [InlineData("vgg11", 70)]
    [InlineData("cnn", 4)]
    [InlineData("resnet18", 1)]
    [InlineData("resnet18", 8)]
    [InlineData("wide-resnet", 8)]
    public void The_smallest_and_odd_sizes_are_computed(string name, int side)
    {
        using var network = Build(name, side);
        network.eval();

        network.call(torch.zeros(1, 1, side, side)).shape.ShouldBe([1, 10]);
    }

    [Fact]
    public void Images_with_nothing_left_for_the_last_pooling_are_refused() =>
        Refusal(() => Build("vgg11", 16)).ShouldBe("Model vgg11 needs images of at least 17×17, but the data has 1×16×16.");

    [Fact]
    public void More_convolutions_than_halvings_are_refused() =>
        Refusal(() => Build("cnn", 3)).ShouldBe("model cnn: 'channels' has 2 entries, but images of 1×3×3 can be halved 1 times.");

    [Fact]
    public void A_network_without_convolutions_is_refused() =>
        Refusal(() => Build(ModelSpecs.Of("cnn", ("channels", Array.Empty<int>())), 28))
            .ShouldBe("model cnn: 'channels' has 0 entries, but images of 1×28×28 can be halved 4 times.");

    [Fact]
    public void A_depth_that_makes_no_whole_blocks_is_refused()
    {
        var failure = Should.Throw<DomainException>(() => Build(ModelSpecs.Of("wide-resnet", ("depth", 20)), 32)).Failure;

        failure.Reason.ShouldBe("model wide-resnet: 'depth' is 20, but must be 6n + 4.");
        failure.Remedy.ShouldBe("Choose 16 or 22.");
    }

    private static string Refusal(Func<object> build) => Should.Throw<DomainException>(build).Failure.Reason;

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Build(string name, int side) => Build(SmallModels.Of(name), side);

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Build(ModelSpec spec, int side)
    {
        var architecture = Architectures.Registry.Find(spec.Name);
        return architecture.Build(new InputShape(1, side, side), 10, new OptionValues(architecture.Info, spec.Options));
    }
}
