using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;

namespace SparsePipeline.Learning.Tests.Models;

/// <summary>Full-size networks for CIFAR-10 against the counts that are published for them.</summary>
public sealed class ParameterCountTests
{
    [Fact]
    public void ResNet_18_has_11_173_962() => Count(ModelSpecs.Of("resnet18")).ShouldBe(11_173_962);

    [Fact]
    public void VGG_11_has_9_231_114() => Count(ModelSpecs.Of("vgg11")).ShouldBe(9_231_114);

    [Fact]
    public void VGG_16_has_14_728_266() => Count(ModelSpecs.Of("vgg16")).ShouldBe(14_728_266);

    /// <summary>Zagoruyko, Komodakis 2016, table 4: 2.7 M for WRN-16-4 and 36.5 M for WRN-28-10.</summary>
    [Theory]
    [InlineData(16, 4, 2_748_890)]
    [InlineData(28, 10, 36_479_194)]
    public void Wide_ResNets_have_those_of_the_paper(int depth, int widen, long expected) =>
        Count(ModelSpecs.Of("wide-resnet", ("depth", depth), ("widen", widen))).ShouldBe(expected);

    /// <summary>9·32 + 2·32, 9·32·64 + 2·64, 7·7·64·128 + 128 and 128·10 + 10.</summary>
    [Fact]
    public void The_small_convolutional_network_has_those_counted_by_hand() =>
        Count(ModelSpecs.Of("cnn"), new InputShape(1, 28, 28)).ShouldBe(421_738);

    private static long Count(ModelSpec spec, InputShape? input = null)
    {
        var architecture = Architectures.Registry.Find(spec.Name);
        using var network = architecture.Build(input ?? new InputShape(3, 32, 32), 10, new OptionValues(architecture.Info, spec.Options));
        return network.parameters().Sum(p => p.numel());
    }
}
