using System.Runtime.InteropServices;
using SparsePipeline.Learning.Products;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Products;

/// <summary>Against libtorch's own product, which this one replaces on some processors; here it runs on any.</summary>
public sealed class LinearProductTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Outputs_and_gradients_are_those_of_libtorch_within_rounding(bool hasBias)
    {
        using var scope = torch.NewDisposeScope();
        var (input, weight, bias) = (Tensor(1, 5, 7, 300), Tensor(2, 40, 300), hasBias ? Tensor(3, 40) : null);
        var gradient = Tensor(4, 5, 7, 40).detach();
        torch.Tensor[] wanted = bias is null ? [input, weight] : [input, weight, bias];
        var (ours, theirs) = (LinearProduct.Of(input, weight, bias), torch.nn.functional.linear(input, weight, bias));
        Agree(ours, theirs);
        var (of, expected) = (torch.autograd.grad([ours], wanted, [gradient]), torch.autograd.grad([theirs], wanted, [gradient]));
        for (var i = 0; i < wanted.Length; i++)
            Agree(of[i], expected[i]);
    }

    [Fact]
    public void An_input_that_wants_no_gradient_gets_none()
    {
        using var scope = torch.NewDisposeScope();
        var (input, weight) = (Tensor(1, 6, 20).detach(), Tensor(2, 30, 20));
        LinearProduct.Of(input, weight, bias: null).sum().backward();
        input.grad.ShouldBeNull();
        Agree(weight.grad!, input.sum(0L).expand(30, 20));
    }

    [Fact]
    public void Inputs_with_gaps_and_gradients_that_are_one_number_are_read_right()
    {
        using var scope = torch.NewDisposeScope();
        var (turned, weight) = (Tensor(1, 20, 6), Tensor(2, 30, 20));
        var ours = LinearProduct.Of(turned.t(), weight, bias: null);
        Agree(ours, torch.nn.functional.linear(turned.t(), weight));
        ours.sum().backward();
        Agree(weight.grad!, turned.t().sum(0L).expand(30, 20));
        Agree(turned.grad!, weight.sum(0L).unsqueeze(1).expand(20, 6));
    }

    /// <summary>On a processor where it pays at all; elsewhere no input is large enough.</summary>
    [Theory]
    [InlineData(1024, 1024, 16 * 1024)]
    [InlineData(128, 64, 65_536)]
    [InlineData(100, 30, 83_887)]
    public void Large_layers_begin_at_eight_million_multiply_adds_and_at_sixteen_rows(int outputs, int columns, long least) =>
        LinearProduct.LeastInput(torch.zeros(outputs, columns)).ShouldBeOneOf(least, long.MaxValue);

    [Fact]
    public void Layers_with_fewer_than_sixteen_inputs_or_outputs_are_never_large()
    {
        LinearProduct.LeastInput(torch.zeros(15, 4096)).ShouldBe(long.MaxValue);
        LinearProduct.LeastInput(torch.zeros(4096, 15)).ShouldBe(long.MaxValue);
    }

    [Fact]
    public void A_single_row_leaves_the_bias_alone()
    {
        using var scope = torch.NewDisposeScope();
        var (input, weight, bias) = (Tensor(1, 1, 20), Tensor(2, 30, 20), Tensor(3, 30));
        var before = Floats(bias);

        LinearProduct.Of(input, weight, bias).detach().zero_();
        using (torch.no_grad())
            Agree(LinearProduct.Of(input, weight, bias).relu_(), torch.nn.functional.linear(input, weight, bias).relu());

        Floats(bias).ShouldBe(before);
    }

    [Fact]
    public void Without_gradients_the_bits_are_the_same()
    {
        using var scope = torch.NewDisposeScope();
        var (input, weight, bias) = (Tensor(1, 50, 400), Tensor(2, 33, 400), Tensor(3, 33));
        var with = LinearProduct.Of(input, weight, bias);
        using var off = torch.no_grad();
        Floats(LinearProduct.Of(input, weight, bias)).ShouldBe(Floats(with));
    }

    [Fact]
    public void A_training_survives_garbage_collections_between_forward_and_backward()
    {
        using var scope = torch.NewDisposeScope();
        var weight = Tensor(2, 32, 32);
        var expected = Trained(weight.detach().clone().requires_grad_(true), collects: false);
        Trained(weight, collects: true).ShouldBe(expected);
    }

    private static float[] Trained(torch.Tensor weight, bool collects)
    {
        for (var step = 0; step < 30; step++)
        {
            using var update = torch.NewDisposeScope();
            var output = LinearProduct.Of(LinearProduct.Of(Tensor(step, 8, 32).detach(), weight, bias: null).relu(), weight, bias: null);
            if (collects)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
            output.square().mean().backward();
            using var off = torch.no_grad();
            weight.sub_(weight.grad!.mul(0.1f));
            weight.grad!.zero_();
        }
        return Floats(weight);
    }

    private static void Agree(torch.Tensor ours, torch.Tensor theirs)
    {
        ours.shape.ShouldBe(theirs.shape);
        var (a, b) = (Floats(ours), Floats(theirs));
        for (var i = 0; i < a.Length; i++)
            a[i].ShouldBe(b[i], 1e-4f);
    }

    private static torch.Tensor Tensor(int seed, params long[] shape)
    {
        var random = new SeededRandom(seed);
        var count = shape.Aggregate(1L, (product, size) => product * size);
        return torch.tensor([.. Enumerable.Range(0, (int)count).Select(_ => (float)((2 * random.NextUnit()) - 1))], shape).requires_grad_(true);
    }

    private static float[] Floats(torch.Tensor tensor)
    {
        using var flat = tensor.detach().contiguous();
        return MemoryMarshal.Cast<byte, float>(flat.bytes).ToArray();
    }
}
