using SparsePipeline.TestKit;

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
    public void Outputs_that_another_layer_takes_in_are_not_the_last_whatever_their_name()
    {
        using var state = StateDict.Open(Cases.Path("f12-classifier"));

        OutputLayer.Of(state.Tensors).ShouldBe("classifier.weight");
    }

    [Theory]
    [InlineData("a 64x784 b 32x64 c 10x32", "c")]
    [InlineData("z 10x784 a 10x10", "a")]
    [InlineData("h.0.c_attn 24x8 h.0.c_proj 8x8 h.1.c_attn 24x8 to_symbols 65x8", "to_symbols")]
    [InlineData("out 10x16 rnn.weight_ih_l0! 64x8 rnn.weight_hh_l0! 64x16", "out")]
    public void It_is_found_by_shapes_where_names_say_nothing(string layers, string output) =>
        OutputLayer.Of(Layers(layers.Split(' '))).ShouldBe($"{output}.weight");

    [Theory]
    [InlineData("fc", "fc.weight")]
    [InlineData("fc.weight", "fc.weight")]
    [InlineData("none", null)]
    public void What_somebody_says_counts_more(string given, string? output) =>
        OutputLayer.Of([.. Layers(["fc", "16x8", "classifier", "5x16"])], new TensorSelection { OutputLayer = given }).ShouldBe(output);

    private static IEnumerable<TensorInfo> Layers(string[] words) =>
        from layer in words.Chunk(2)
        let shape = layer[1].Split('x').Select(d => long.Parse(d, System.Globalization.CultureInfo.InvariantCulture)).ToArray()
        select TensorInfo.Of(layer[0].EndsWith('!') ? layer[0][..^1] : $"{layer[0]}.weight", TensorType.F32, shape);

    [Fact]
    public void Without_prunable_tensors_there_is_none() => OutputLayer.Of([Tensor("wte")]).ShouldBeNull();

    private static TensorInfo Tensor(string module) => module.Split(':') is [var name, var rank]
        ? TensorInfo.Of($"{name}.weight", TensorType.F32, [.. Enumerable.Repeat(1L, int.Parse(rank, System.Globalization.CultureInfo.InvariantCulture))])
        : TensorInfo.Of($"{module}.weight", TensorType.F32, 1, 1);
}
