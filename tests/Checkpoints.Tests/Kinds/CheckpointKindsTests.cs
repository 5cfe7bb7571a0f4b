namespace SparsePipeline.Checkpoints.Tests;

/// <summary>Tensors as <c>NAME TYPE 2x3</c>, separated by commas, as the tools that write them name and shape them.</summary>
public sealed class CheckpointKindsTests
{
    [Theory]
    [InlineData("fc.weight I8 4x4, fc.scale F32 4")]
    [InlineData("q.qweight I32 8x64, q.qzeros I32 1x8, q.scales F16 1x64, q.g_idx I32 64")]
    [InlineData("q.weight U8 2048x1, q.weight.absmax F32 64, q.weight.quant_map F32 16, q.weight.quant_state.bitsandbytes__nf4 U8 120")]
    [InlineData("q.weight I8 8x8, q.SCB F32 8")]
    [InlineData("q.weight_packed I32 8x2, q.weight_scale BF16 8x1, q.weight_shape I64 2")]
    [InlineData("q.weight_packed U8 8x8, q.weight_scale F32 8x1, q.weight_global_scale F32 1")]
    [InlineData("q.weight BF16 8x8, v.weight I8 8x8, v.weight_scale F32 8x1, v.weight_zero_point I8 8x1")]
    [InlineData("experts.gate_up_proj_blocks U8 2x4x2x16, experts.gate_up_proj_scales U8 2x4x2")]
    [InlineData("q.weight_qdata I8 8x8, q.weight_scale F32 8")]
    [InlineData("q.W_q U8 4x8, q.scale F16 8, q.zero F16 8")]
    public void Codes_beside_their_scales_are_a_quantised_checkpoint(string tensors) => Kind(tensors).ShouldBe(CheckpointKind.Quantised);

    [Theory]
    [InlineData("q.lora_A.weight F32 2x2, q.lora_B.weight F32 2x2")]
    [InlineData("m.q.lora_A.default.weight F16 4x64, m.q.lora_B.default.weight F16 32x4, m.q.base_layer.weight F16 32x64")]
    [InlineData("m.emb.lora_embedding_A F32 4x100, m.emb.lora_embedding_B F32 64x4")]
    [InlineData("lora_unet_q.lora_down.weight F16 4x64, lora_unet_q.lora_up.weight F16 32x4, lora_unet_q.alpha F16 ")]
    [InlineData("conv.lora_A.weight F32 4x3x3x3, conv.lora_B.weight F32 8x4x1x1")]
    [InlineData("unet.to_q_lora.down.weight F32 4x64, unet.to_q_lora.up.weight F32 32x4")]
    [InlineData("q.hada_w1_a F32 32x4, q.hada_w1_b F32 4x64, q.hada_w2_a F32 32x4, q.hada_w2_b F32 4x64")]
    [InlineData("q.lokr_w1 F32 4x4, q.lokr_w2 F32 8x16")]
    public void Factors_that_belong_together_are_an_adapter(string tensors) => Kind(tensors).ShouldBe(CheckpointKind.Adapter);

    [Theory]
    [InlineData("fc.weight_orig F32 4x4, fc.weight_mask F32 4x4, fc.bias F32 4", CheckpointKind.MaskedParametrisation)]
    [InlineData("rnn.weight_ih_l0_orig F32 4x4, rnn.weight_ih_l0_mask F32 4x4", CheckpointKind.MaskedParametrisation)]
    [InlineData("conv.weight_g F32 8x1x1, conv.weight_v F32 8x4x3", CheckpointKind.WeightNorm)]
    [InlineData("fc.weight_g F32 , fc.weight_v F32 8x4", CheckpointKind.WeightNorm)]
    [InlineData("pos_conv.weight_g F32 1x1x128, pos_conv.weight_v F32 768x48x128", CheckpointKind.WeightNorm)]
    [InlineData("conv.parametrizations.weight.original0 F32 8x1x1, conv.parametrizations.weight.original1 F32 8x4x3", CheckpointKind.WeightNorm)]
    [InlineData("fc.parametrizations.weight.original F32 8x4, fc.parametrizations.weight.0._u F32 8", CheckpointKind.Parametrisation)]
    [InlineData("fc.weight_orig F32 8x4, fc.weight_u F32 8, fc.weight_v F32 4", CheckpointKind.Parametrisation)]
    [InlineData("0.exp_avg F32 8x4, 0.exp_avg_sq F32 8x4, 0.step F32 ", CheckpointKind.OptimiserState)]
    [InlineData("model.fc.weight F32 8x4, optimizer.state.fc.weight.momentum_buffer F32 8x4", CheckpointKind.OptimiserState)]
    public void Weights_that_are_computed_and_states_of_optimisers_are_told_by_their_names(string tensors, CheckpointKind kind) =>
        Kind(tensors).ShouldBe(kind);

    /// <summary>Refusing a sound model is as bad as averaging an adapter.</summary>
    [Theory]
    [InlineData("fc.weight F32 4x4, fc.scale F32 4")]
    [InlineData("attn.logit_scale F32 8x1x1, attn.relative_position_index I64 49x49, attn.qkv.weight F32 96x32")]
    [InlineData("attn.weight F32 8x8, attn.scale F32 1, attn.bias U8 1x1x64x64")]
    [InlineData("attn.scale F32 1, attn.num_updates I32 ")]
    [InlineData("lora.weight F32 4x4, head.weight F32 2x4")]
    [InlineData("lora_A.weight F32 4x4, lora_b.weight F32 4x4")]
    [InlineData("x.lora_A F32 4x8, x.lora_B F32 3x5")]
    [InlineData("block.down.weight F32 4x8, block.up.weight F32 8x4")]
    [InlineData("fc.weight F32 4x4, fc.weight_orig F32 4x4, fc.weight_mask F32 4x4")]
    [InlineData("gate.w_g F32 64x64, gate.w_v F32 64x64")]
    [InlineData("gate.w_g F32 64, gate.w_v F32 64")]
    [InlineData("bn.weight F32 8, bn.running_mean F32 8, bn.num_batches_tracked I64 ")]
    [InlineData("net.compressed F32 4x4, net.bitmask F32 4, net.shape F32 2")]
    [InlineData("compressed.weight F32 4x4, grid.shape F32 2, fc.bitmask U8 4")]
    [InlineData("head.original F32 4x4, parametrizations F32 4")]
    public void Names_alone_make_nothing_of_a_plain_model(string tensors) => Kind(tensors).ShouldBe(CheckpointKind.StateDict);

    [Fact]
    public void The_evidence_names_both_tensors() =>
        CheckpointKinds.OfTensors(Tensors("fc.scale F32 4, fc.weight I8 4x4")).Evidence.ShouldBe("'fc.weight' is I8 and belongs to 'fc.scale'");

    [Fact]
    public void Every_kind_has_a_name_of_its_own() =>
        Enum.GetValues<CheckpointKind>().Select(CheckpointKinds.Name).Distinct().Count().ShouldBe(Enum.GetValues<CheckpointKind>().Length);

    private static CheckpointKind Kind(string tensors) => CheckpointKinds.OfTensors(Tensors(tensors)).Kind;

    private static IEnumerable<TensorInfo> Tensors(string text) => text.Split(", ").Select(t => t.Split(' ')).Select(p =>
        TensorTypes.TryParse(p[1], out var type)
            ? new TensorInfo(p[0], type, [.. p[2].Split('x', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)])
            : throw new ArgumentException($"{p[1]} is no type.", nameof(text)));
}
