using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;

namespace SparsePipeline.Learning.Tests.Models;

/// <summary>Names, and the shapes that tell them apart, as torchvision has them; WideResNet as its most used PyTorch port.</summary>
public sealed class TensorNameTests
{
    [Theory]
    [InlineData("resnet18", 122, "layer1.1.bn2.running_var [4]", "layer2.0.downsample.0.weight [8, 4, 1, 1]", "layer4.1.conv2.weight [32, 32, 3, 3]")]
    [InlineData("vgg11", 58, "features.0.bias [4]", "features.1.running_mean [4]", "features.25.weight [32, 32, 3, 3]", "classifier.weight [10, 32]")]
    [InlineData("vgg16", 93, "features.3.weight [4, 4, 3, 3]", "features.41.num_batches_tracked []", "features.40.weight [32, 32, 3, 3]")]
    [InlineData("wide-resnet", 46, "block1.layer.0.bn1.weight [16]", "block2.layer.0.convShortcut.weight [32, 16, 1, 1]", "fc.weight [10, 64]")]
    [InlineData("cnn", 16, "convs.1.weight [64, 32, 3, 3]", "norms.1.running_mean [64]", "fc1.weight [128, 4096]")]
    public void Tensors_are_called_as_in_PyTorch(string name, int count, params string[] expected)
    {
        var architecture = Architectures.Registry.Find(name);
        using var network = architecture.Build(new InputShape(3, 32, 32), 10, new OptionValues(architecture.Info, SmallModels.Of(name).Options));
        var tensors = network.state_dict().Select(t => $"{t.Key} [{string.Join(", ", t.Value.shape)}]").ToList();

        expected.ShouldBeSubsetOf(tensors);
        tensors.Count.ShouldBe(count);
    }
}
