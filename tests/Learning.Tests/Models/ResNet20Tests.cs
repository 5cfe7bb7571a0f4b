using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Models;

public sealed class ResNet20Tests
{
    /// <summary>He et al. 2016, table 6: 0.27 M parameters for CIFAR.</summary>
    [Fact]
    public void It_has_as_many_parameters_as_the_paper_says()
    {
        using var network = Build();

        network.parameters().Sum(p => p.numel()).ShouldBe(269_722);
    }

    [Fact]
    public void Its_tensors_have_the_names_of_PyTorch()
    {
        using var network = Build();

        network.state_dict().Keys.ShouldBeSubsetOf(Expected());
        network.state_dict().Count.ShouldBe(Expected().Count);
    }

    private static torch.nn.Module Build()
    {
        var architecture = new ResNet20Architecture();
        return architecture.Build(new InputShape(3, 32, 32), 10, new OptionValues(architecture.Info, null));
    }

    private static List<string> Expected()
    {
        var names = new List<string> { "conv1.weight", "fc.weight", "fc.bias" };
        names.AddRange(Norm("bn1"));
        for (var stage = 1; stage <= 3; stage++)
            for (var block = 0; block < 3; block++)
                for (var layer = 1; layer <= 2; layer++)
                {
                    names.Add($"layer{stage}.{block}.conv{layer}.weight");
                    names.AddRange(Norm($"layer{stage}.{block}.bn{layer}"));
                }
        return names;
    }

    private static IEnumerable<string> Norm(string name) =>
        new[] { "weight", "bias", "running_mean", "running_var", "num_batches_tracked" }.Select(part => $"{name}.{part}");
}
