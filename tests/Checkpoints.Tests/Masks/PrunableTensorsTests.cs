namespace SparsePipeline.Checkpoints.Tests;

public sealed class PrunableTensorsTests
{
    [Theory]
    [InlineData("weight", 2)]
    [InlineData("fc.weight", 2)]
    [InlineData("conv1.weight", 4)]
    [InlineData("layer1.0.downsample.0.weight", 4)]
    [InlineData("encoder.self_attn.q_proj.weight", 2)]
    [InlineData("vit.patch_embed.weight", 4)]
    [InlineData("embedding_hidden_mapping_in.weight", 2)]
    [InlineData("normal.weight", 2)]
    public void Weights_of_convolutions_and_linear_layers_are_prunable(string name, int rank) =>
        PrunableTensors.IsPrunable(Tensor(name, rank)).ShouldBeTrue();

    [Theory]
    [InlineData("fc.bias", 1)]
    [InlineData("bn1.weight", 1)]
    [InlineData("fc.weight_mask", 2)]
    [InlineData("tok_embeddings.weight", 2)]
    [InlineData("model.embed_tokens.weight", 2)]
    [InlineData("wte.weight", 2)]
    [InlineData("block.norm2.weight", 3)]
    [InlineData("final_layer_norm.weight", 2)]
    [InlineData("h.0.ln_1.weight", 2)]
    [InlineData("bn1.running_mean", 1)]
    public void Biases_norms_and_embeddings_are_not(string name, int rank) =>
        PrunableTensors.IsPrunable(Tensor(name, rank)).ShouldBeFalse();

    [Fact]
    public void Integers_are_never_prunable() =>
        PrunableTensors.IsPrunable(TensorInfo.Of("fc.weight", TensorType.I8, 2, 2)).ShouldBeFalse();

    [Fact]
    public void Patterns_exclude_by_whole_name_and_the_rest_comes_in_name_order()
    {
        TensorInfo[] tensors = [Tensor("fc2.weight", 2), Tensor("conv.weight", 4), Tensor("fc1.weight", 2), Tensor("fc1.bias", 1)];

        PrunableTensors.Select(tensors, ["conv*", "fc?.bias"]).Select(t => t.Name).ShouldBe(["fc1.weight", "fc2.weight"]);
        PrunableTensors.Select(tensors, ["fc"]).Count.ShouldBe(3);
    }

    private static TensorInfo Tensor(string name, int rank) => new(name, TensorType.F32, [.. Enumerable.Repeat(2L, rank)]);
}
