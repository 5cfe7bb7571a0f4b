using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Models;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Tests.Models;

public sealed class AutocastTests
{
    /// <summary>
    /// bfloat16 keeps 7 bits after the leading one. Of the input (1 + 3/512, 2) the first becomes 1 + 4/512; of the weight 1 + 1/512 nothing but
    /// 1 is left. So the first output is 1 + 1/128 + 2·2 = 5.0078125, of which, in steps of 1/32, 5 is left; the second is 4·(1 + 1/128), which
    /// needs no rounding. The gradient of a weight is its input as it was rounded.
    /// </summary>
    [Fact]
    public void A_linear_layer_multiplies_numbers_of_eight_bits()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = TwoByTwo(1 + 1f / 512, 2, 4, 0);

        var output = Product(layer, Precisions.Bfloat16);
        output.sum().backward();

        Floats(output).ShouldBe([5, 4.03125f]);
        Floats(layer.weight!.grad!).ShouldBe([1.0078125f, 2, 1.0078125f, 2]);
        Floats(layer.weight).ShouldBe([1 + 1f / 512, 2, 4, 0], "the weights themselves are not rounded");
    }

    [Theory]
    [InlineData(Precisions.Float32)]
    [InlineData(Precisions.Bfloat16)]
    public void Single_precision_rounds_nothing_whatever_ran_before(string before)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = TwoByTwo(1 + 1f / 512, 2, 4, 0);
        Product(layer, before);

        var output = Product(layer, Precisions.Float32);

        Floats(output).ShouldBe([(1 + 1f / 512) * (1 + 3f / 512) + 4, 4 * (1 + 3f / 512)]);
    }

    [Fact]
    public void What_runs_in_a_pause_is_not_rounded_and_what_comes_after_it_is()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = TwoByTwo(1 + 1f / 512, 2, 4, 0);
        using var autocast = Autocast.Begin(Precisions.Bfloat16);
        torch.Tensor paused;
        using (Autocast.Pause())
            paused = layer.call(Input());

        Floats(paused).ShouldBe([(1 + 1f / 512) * (1 + 3f / 512) + 4, 4 * (1 + 3f / 512)]);
        Floats(Autocast.ToSingle(layer.call(Input()))).ShouldBe([5, 4.03125f]);
    }

    [Fact]
    public void A_network_that_fails_leaves_the_thread_in_single_precision()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = TwoByTwo(1 + 1f / 512, 2, 4, 0);
        Should.Throw<ExternalException>(() => Cost(layer, torch.zeros(1, 3), torch.zeros(1, torch.ScalarType.Int64), Precisions.Bfloat16));

        Floats(layer.call(Input())).ShouldBe(Floats(Product(layer, Precisions.Float32)));
    }

    [Theory]
    [InlineData(Precisions.Float32, false)]
    [InlineData(Precisions.Bfloat16, true)]
    public void Convolutions_in_bfloat16_are_refused_where_the_processor_cannot_go_back_through_them(string precision, bool isRefused)
    {
        using var convolution = torch.nn.Conv2d(1, 2, 3);
        using var layer = torch.nn.Linear(2, 2);
        Autocast.Ensure(layer, precision, canConvolve: false);
        Autocast.Ensure(convolution, precision, canConvolve: true);
        var refusal = Record.Exception(() => Autocast.Ensure(convolution, precision, canConvolve: false));

        (refusal as DomainException)?.Failure.Code.ShouldBe(FailureCodes.InvalidOption);
        (refusal is not null).ShouldBe(isRefused);
    }

    private static torch.Tensor Input() => torch.tensor(new[] { 1 + 3f / 512, 2 }, [1, 2]);

    private static torch.Tensor Product(Linear layer, string precision)
    {
        using var autocast = Autocast.Begin(precision);
        return Autocast.ToSingle(layer.call(Input()));
    }

    private static torch.Tensor Cost(torch.nn.Module<torch.Tensor, torch.Tensor> network, torch.Tensor inputs, torch.Tensor labels, string precision)
    {
        var (loss, batch) = (Losses.Of(labelSmoothing: 0, precision), Losses.Batch(inputs, labels));
        return loss.Of(loss.Predict(network, batch), batch);
    }

    private static Linear TwoByTwo(params float[] weights)
    {
        var layer = torch.nn.Linear(2, 2, hasBias: false);
        weights.CopyTo(MemoryMarshal.Cast<byte, float>(layer.weight!.bytes));
        return layer;
    }

    private static float[] Floats(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.detach().bytes).ToArray();
}
