using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class UnitNormHookTests
{
    [Theory]
    [InlineData("columns")]
    [InlineData("rows")]
    public void Whatever_an_update_does_columns_or_rows_have_length_1_after_it(string along)
    {
        using var session = new TrainingSession(Trainings.Inputs(Trainings.Spec with { Hooks = [MethodSpecs.Of("unit-norm", ("tensors", "layers.1.weight"), ("along", along))] }));
        session.RunEpoch(CancellationToken.None);

        var weight = session.Network.get_parameter("layers.1.weight")!;
        foreach (var norm in Numbers(weight.norm(along == "columns" ? 0 : 1, false, 2)))
            norm.ShouldBe(1, 1e-5);
    }

    [Fact]
    public void The_part_of_a_gradient_that_lengthens_a_column_is_taken_out_before_the_update()
    {
        // One plain update of rate 0.5 without momentum: from d along g − ⟨g, d⟩d, then back to length 1.
        var spec = Trainings.Spec with { Hooks = [MethodSpecs.Of("unit-norm", ("tensors", "layers.1.weight"), ("every", 1_000_000))], Momentum = 0, WeightDecay = 0 };
        using var session = new TrainingSession(Trainings.Inputs(spec));
        var weight = session.Network.get_parameter("layers.1.weight")!;
        var start = weight.detach().clone();
        Numbers(start.norm(0, false, 2)).ShouldAllBe(n => Math.Abs(n - 1) < 1e-5);

        session.TryUpdates();

        // Two steps, each orthogonal to where it starts: lengths only grow, and by the squares of the steps.
        var grown = Numbers(weight.norm(0, false, 2));
        grown.ShouldAllBe(n => n >= 1 - 1e-5);
        grown.ShouldContain(n => n > 1);
        Numbers(weight.sub(start).norm(0, false, 2)).Max().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_refused_with_near_names() =>
        Should.Throw<DomainException>(() => new TrainingSession(Trainings.Inputs(Trainings.Spec with { Hooks = [MethodSpecs.Of("unit-norm", ("tensors", "layer.1.weight"))] })))
            .Failure.Remedy.ShouldStartWith("Did you mean 'layers.1.weight'");

    private static float[] Numbers(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.detach().contiguous().bytes).ToArray();
}
