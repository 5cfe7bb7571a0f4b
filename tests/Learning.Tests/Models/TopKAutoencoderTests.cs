using System.Runtime.InteropServices;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Models;

public sealed class TopKAutoencoderTests
{
    /// <summary>The encoder is the identity, so the latents are the inputs: (5, 4, 0.1).</summary>
    [Theory]
    [InlineData(1, new[] { 5f, 0, 0 })]
    [InlineData(2, new[] { 5f, 4, 0 })]
    [InlineData(3, new[] { 5f, 4, 0.1f })]
    public void The_largest_k_latents_are_kept(int active, float[] expected)
    {
        using var network = Identity(active);

        Numbers(network.Codes(torch.tensor(new[] { 5f, 4, 0.1f }).reshape(1, 3))).ShouldBe(expected);
    }

    [Fact]
    public void What_is_kept_and_negative_is_zero_and_the_bias_is_taken_off_and_put_back()
    {
        using var network = Identity(active: 2);
        using (torch.no_grad())
            network.get_parameter("bias")!.copy_(torch.tensor(new[] { 6f, 1, 0 }));

        // Latents −1, 3 and −2: of the two largest one is below 0.
        Numbers(network.Codes(torch.tensor(new[] { 5f, 4, -2 }).reshape(1, 3))).ShouldBe([0, 3, 0]);
        Numbers(network.forward(torch.tensor(new[] { 5f, 4, -2 }).reshape(1, 3))).ShouldBe([6, 4, 0]);
    }

    [Fact]
    public void Gradients_flow_through_what_is_kept_alone()
    {
        using var network = Identity(active: 1);

        network.forward(torch.tensor(new[] { 5f, 4, 0.1f }).reshape(1, 3)).sum().backward();

        Numbers(network.get_parameter("encoder.weight")!.grad!).Select(g => g != 0).ShouldBe([true, true, true, false, false, false, false, false, false]);
        Numbers(network.get_parameter("decoder.weight")!.grad!).ShouldBe([5, 0, 0, 5, 0, 0, 5, 0, 0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_starts_with_a_dictionary_of_unit_norm_and_the_encoder_as_its_transpose(bool tied)
    {
        using var network = new TopKAutoencoderNetwork(inputs: 5, latents: 20, active: 3, tied);

        Initialization.Apply(network, seed: 4);

        var encoder = Numbers(network.get_parameter("encoder.weight")!);
        foreach (var entry in encoder.Chunk(5))
            entry.Sum(w => (double)w * w).ShouldBe(1, 1e-5);
        Numbers(network.get_parameter("encoder.bias")!).ShouldAllBe(b => b == 0);
        Numbers(network.get_parameter("bias")!).ShouldAllBe(b => b == 0);
        network.named_parameters().Select(p => p.name).Contains("decoder.weight").ShouldBe(!tied);
        if (!tied)
            Numbers(network.get_parameter("decoder.weight")!.t().contiguous()).ShouldBe(encoder);
    }

    private static TopKAutoencoderNetwork Identity(int active)
    {
        var network = new TopKAutoencoderNetwork(inputs: 3, latents: 3, active, tied: false);
        using var off = torch.no_grad();
        network.get_parameter("encoder.weight")!.copy_(torch.eye(3));
        network.get_parameter("decoder.weight")!.copy_(torch.eye(3));
        return network;
    }

    private static float[] Numbers(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.contiguous().bytes).ToArray();
}
