using SparsePipeline.TestKit;

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
    [InlineData("lstm.weight_ih_l0", 2)]
    [InlineData("lstm.weight_hh_l1_reverse", 2)]
    [InlineData("rnn.weight_hr_l0", 2)]
    [InlineData("encoder.layers.0.self_attn.in_proj_weight", 2)]
    [InlineData("mlp.experts.gate_up_proj", 3)]
    [InlineData("mlp.experts.down_proj", 3)]
    [InlineData("kernel", 2)]
    [InlineData("block.proj", 2)]
    [InlineData("dense_1.kernel", 2)]
    [InlineData("class_head.w2", 2)]
    [InlineData("embeddings.patch_embeddings.projection.weight", 4)]
    [InlineData("embed_out.weight", 2)]
    [InlineData("linear_pos.weight", 2)]
    [InlineData("linear_pos.kernel", 2)]
    [InlineData("linear_pos.lora_A", 2)]
    [InlineData("pos_mlp.weight_v", 2)]
    [InlineData("pos_conv.weight", 3)]
    [InlineData("anchor_head.w1", 2)]
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
    [InlineData("shared.weight", 2)]
    [InlineData("model.shared.weight", 2)]
    [InlineData("encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight", 2)]
    [InlineData("embeddings.position_embeddings.weight", 2)]
    [InlineData("transformer.wpe.weight", 2)]
    [InlineData("model.decoder.embed_positions.weight", 2)]
    [InlineData("gpt_neox.embed_in.weight", 2)]
    [InlineData("cls_token", 3)]
    [InlineData("pos_embed", 3)]
    [InlineData("posEmbed", 3)]
    [InlineData("positional_embedding", 2)]
    [InlineData("visual.class_embedding", 2)]
    [InlineData("attn.relative_position_bias_table", 2)]
    [InlineData("blocks.0.attn.rel_pos_h", 2)]
    [InlineData("token_table.embedding", 2)]
    [InlineData("stages.0.layer_scale", 3)]
    [InlineData("stages.0.gamma", 3)]
    [InlineData("attn.bias_k", 3)]
    [InlineData("attn.bias", 4)]
    [InlineData("experts.gate_up_proj_bias", 2)]
    [InlineData("mixer.A_log", 2)]
    [InlineData("query_tokens", 3)]
    [InlineData("pos_encoder.pe", 3)]
    [InlineData("encoder.pos_enc.table", 2)]
    [InlineData("anchors", 3)]
    [InlineData("head.anchor_grid", 4)]
    [InlineData("rotary_emb.cos_cached", 4)]
    [InlineData("rotary_emb.sin_cached", 2)]
    [InlineData("rope.freq_table", 2)]
    [InlineData("attn.relative_coords_table", 4)]
    [InlineData("queue", 2)]
    public void Biases_norms_and_embeddings_are_not(string name, int rank) =>
        PrunableTensors.IsPrunable(Tensor(name, rank)).ShouldBeFalse();

    [Theory]
    [InlineData(1, 1, 7)]
    [InlineData(7, 1, 1)]
    [InlineData(1, 7, 1)]
    public void A_vector_of_several_dimensions_with_a_name_of_its_own_is_no_matrix(int a, int b, int c) =>
        PrunableTensors.IsPrunable(TensorInfo.Of("block.steps", TensorType.F32, a, b, c)).ShouldBeFalse();

    [Fact]
    public void A_layer_of_one_output_is_prunable_all_the_same() =>
        PrunableTensors.IsPrunable(TensorInfo.Of("fc.weight", TensorType.F32, 1, 7)).ShouldBeTrue();

    [Fact]
    public void Of_the_tensors_of_t5_only_the_head_is_pruned()
    {
        using var state = StateDict.Open(Cases.Path("f18-t5"));

        PrunableTensors.Select(state.Tensors).Select(t => t.Name).ShouldBe(["lm_head.weight"]);
    }

    [Fact]
    public void What_the_structure_of_a_model_says_counts_more_than_names()
    {
        TensorInfo[] tensors = [Tensor("table.weight", 2), Tensor("wte.weight", 2), Tensor("fc.bias", 1)];
        var roles = new Dictionary<string, TensorRole> { ["table.weight"] = TensorRole.Embedding, ["wte.weight"] = TensorRole.Weight, ["fc.bias"] = TensorRole.Weight };

        PrunableTensors.Select(tensors, new TensorSelection { Roles = roles }).Select(t => t.Name).ShouldBe(["wte.weight"]);
    }

    [Fact]
    public void Patterns_include_matrices_that_the_rule_leaves_out_and_exclude_what_they_include()
    {
        TensorInfo[] tensors = [Tensor("wte.weight", 2), Tensor("wte.bias", 1), Tensor("wpe.weight", 2), Tensor("fc.weight", 2)];

        PrunableTensors.Select(tensors, new TensorSelection { Include = ["w*"], Exclude = ["wpe.*"] }).Select(t => t.Name).ShouldBe(["fc.weight", "wte.weight"]);
    }

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
