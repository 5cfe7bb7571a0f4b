namespace SparsePipeline.Checkpoints.Tests;

public sealed class OutputLayerTests
{
    [Theory]
    [InlineData("fc1 fc2 fc10", "fc10")]
    [InlineData("conv1:4 layer4.1.conv2:4 fc", "fc")]
    [InlineData("features.0:4 features.24:4 classifier.0 classifier.3 classifier.6", "classifier.6")]
    [InlineData("h.0.mlp.fc h.1.mlp.fc lm_head wte", "lm_head")]
    [InlineData("head transformer.h.0.attn", "head")]
    [InlineData("conv9:4 conv10:4", "conv10")]
    public void It_is_found_by_custom(string modules, string output) => OutputLayer.Of(modules.Split(' ').Select(Tensor)).ShouldBe($"{output}.weight");

    [Fact]
    public void Without_prunable_tensors_there_is_none() => OutputLayer.Of([Tensor("wte")]).ShouldBeNull();

    private static TensorInfo Tensor(string module) => module.Split(':') is [var name, var rank]
        ? TensorInfo.Of($"{name}.weight", TensorType.F32, [.. Enumerable.Repeat(1L, int.Parse(rank, System.Globalization.CultureInfo.InvariantCulture))])
        : TensorInfo.Of($"{module}.weight", TensorType.F32, 1, 1);
}
