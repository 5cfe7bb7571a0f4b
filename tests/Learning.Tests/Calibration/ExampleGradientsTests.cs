using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;

namespace SparsePipeline.Learning.Tests.Calibration;

/// <summary>Sums and squares of the gradients of single examples.</summary>
public sealed class ExampleGradientsTests : IDisposable
{
    private readonly CollectionBench _bench = new();

    public void Dispose() => _bench.Dispose();

    /// <summary>
    /// Of logits z with probabilities p and label y, ∂(−log p_y)/∂z = p − y; so the gradient of the last bias is p − y, and that of the last weights (p − y)·hᵀ of what comes in.
    /// Squares are of single examples: those of the mean gradient would be smaller.
    /// </summary>
    [Fact]
    public void Squared_gradients_are_those_of_single_examples_with_their_labels()
    {
        var (spec, data) = (CollectionBench.Spec("mlp") with { Gradients = true, Model = Narrow, Activations = new ActivationSample { Layers = ["layers.1.weight"], Rows = 1000 } }, CollectionBench.Data(limit: 30));
        _bench.Save(spec, data);
        using var network = Networks.Load(spec.Model, data, _bench.File("net.safetensors"));
        var (weight, bias) = (CollectionBench.Numbers<float>(network.get_parameter("layers.1.weight")!), CollectionBench.Numbers<float>(network.get_parameter("layers.1.bias")!));

        using var statistics = _bench.Collect(spec, data);

        var hidden = statistics.Rows("layers.1.weight", test: false)!;
        var (ofBias, ofWeight) = (statistics.Gradients("layers.1.bias")!, statistics.Gradients("layers.1.weight")!);
        var expected = (Sums: new double[bias.Length], Squares: new double[bias.Length], WeightSquares: new double[weight.Length]);
        for (var row = 0; row < hidden.Examples.Length; row++)
        {
            var h = hidden.Numbers.AsSpan(row * hidden.Inputs, hidden.Inputs).ToArray();
            double[] z = [.. bias.Select((b, k) => b + Enumerable.Range(0, h.Length).Sum(j => (double)weight[(k * h.Length) + j] * h[j]))];
            var sum = z.Sum(v => Math.Exp(v - z.Max()));
            for (var k = 0; k < z.Length; k++)
            {
                var g = (Math.Exp(z[k] - z.Max()) / sum) - (data.Training.Labels[hidden.Examples[row]] == k ? 1 : 0);
                (expected.Sums[k], expected.Squares[k]) = (expected.Sums[k] + g, expected.Squares[k] + (g * g));
                for (var j = 0; j < h.Length; j++)
                    expected.WeightSquares[(k * h.Length) + j] += g * g * h[j] * h[j];
            }
        }

        ofBias.Count.ShouldBe(hidden.Examples.Length);
        ofBias.Sums.ShouldBe(expected.Sums, 1e-4);
        ofBias.Squares.ShouldBe(expected.Squares, 1e-4);
        ofWeight.Squares.ShouldBe(expected.WeightSquares, 1e-3);
        statistics.WithGradients.ShouldBe(network.named_parameters().Select(p => p.name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Gradients_of_examples_without_a_class_are_refused()
    {
        var (spec, data) = (CollectionBench.Spec("mlp") with { Gradients = true, Model = new ModelSpec { Name = "autoencoder" }, Task = MethodSpec.Of("reconstruction") }, DataSets.Load(new DataSpec { Name = "digits", Limit = 30 }, MethodSpec.Of("reconstruction")));
        _bench.Save(spec, data);

        Should.Throw<DomainException>(() => _bench.Collect(spec, data)).Failure.Reason.ShouldContain("the task 'reconstruction' of this data has none");
    }

    private static ModelSpec Narrow { get; } = new() { Name = "mlp", Options = new MethodOptions { ["hidden"] = System.Text.Json.JsonSerializer.SerializeToElement(new[] { 16 }) } };
}
