using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;

namespace SparsePipeline.Learning.Tests.Calibration;

/// <summary>What comes into layers, stored as it is.</summary>
public sealed class StoredActivationsTests : IDisposable
{
    private readonly CollectionBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("mlp", "layers.1.weight")]
    [InlineData("cnn", "*")]
    public void Rows_that_are_all_stored_add_up_to_the_sums_and_belong_to_their_examples(string model, string pattern)
    {
        var (spec, data) = (CollectionBench.Spec(model) with { Activations = new ActivationSample { Layers = [pattern], Rows = 1_000_000, TestRows = 20 } }, CollectionBench.Data(limit: 80));
        _bench.Save(spec, data);

        using var statistics = _bench.Collect(spec, data);

        statistics.WithRows.ShouldNotBeEmpty();
        foreach (var name in statistics.WithRows)
        {
            var (sums, rows) = (statistics.Find(name, products: false)!, statistics.Rows(name, test: false)!);
            (rows.Examples.Length, rows.Inputs).ShouldBe(((int)sums.Count, sums.Inputs));
            for (var input = 0; input < rows.Inputs; input++)
                Enumerable.Range(0, rows.Examples.Length).Sum(r => (double)rows.Numbers[(r * rows.Inputs) + input]).ShouldBe(sums.Sums[input], 1e-9 * Math.Max(1, Math.Abs(sums.Sums[input])));
            var places = rows.Examples.Length / data.Training.Count;
            rows.Examples.CountBy(e => e).ShouldAllBe(e => e.Value == places);
            statistics.Rows(name, test: true)!.Examples.ShouldAllBe(e => e < data.Test.Count);
            statistics.Rows(name, test: true)!.Examples.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void A_row_is_what_the_layer_before_says_of_its_example()
    {
        var (spec, data) = (CollectionBench.Spec("mlp") with { Activations = new ActivationSample { Layers = ["layers.0.weight", "layers.1.weight"], Rows = 30 } }, CollectionBench.Data(limit: 80));
        _bench.Save(spec, data);
        using var network = Networks.Load(spec.Model, data, _bench.File("net.safetensors"));
        var (weight, bias) = (CollectionBench.Numbers<float>(network.get_parameter("layers.0.weight")!), CollectionBench.Numbers<float>(network.get_parameter("layers.0.bias")!));

        using var statistics = _bench.Collect(spec, data);

        var (inputs, hidden) = (statistics.Rows("layers.0.weight", test: false)!, statistics.Rows("layers.1.weight", test: false)!);
        foreach (var (example, row) in hidden.Examples.Index().Select(e => (e.Item, e.Index)).Where(e => inputs.Examples.Contains(e.Item)))
        {
            var input = inputs.Numbers.AsSpan(Array.IndexOf(inputs.Examples, example) * inputs.Inputs, inputs.Inputs);
            for (var unit = 0; unit < hidden.Inputs; unit++)
            {
                var sum = (double)bias[unit];
                for (var i = 0; i < inputs.Inputs; i++)
                    sum += (double)weight[(unit * inputs.Inputs) + i] * input[i];
                ((double)hidden.Numbers[(row * hidden.Inputs) + unit]).ShouldBe(Math.Max(0, sum), 1e-4);
            }
        }

        hidden.Examples.Intersect(inputs.Examples).ShouldNotBeEmpty();
    }

    [Fact]
    public void So_many_rows_are_drawn_as_are_asked_for_and_change_no_sum()
    {
        var (spec, data) = (CollectionBench.Spec("cnn"), CollectionBench.Data(limit: 80));
        _bench.Save(spec, data);
        string name;
        double[] sums;
        using (var plain = _bench.Collect(spec, data))
        {
            name = WithStatistics(spec, data, plain).First(l => plain.Find(l, products: false)!.Count > data.Training.Count);
            sums = plain.Find(name, products: false)!.Sums;
        }

        int[] Drawn(long seed)
        {
            using var statistics = _bench.Collect(spec with { Seed = seed, Activations = new ActivationSample { Layers = [name], Rows = 50 } }, data);
            statistics.WithRows.ShouldBe([name]);
            if (seed == spec.Seed)
                statistics.Find(name, products: false)!.Sums.ShouldBe(sums);
            return statistics.Rows(name, test: false)!.Examples;
        }

        Drawn(1).Length.ShouldBe(50);
        Drawn(1).ShouldBe(Drawn(1));
        Drawn(2).ShouldNotBe(Drawn(1));
        Drawn(1).Distinct().Count().ShouldBeGreaterThan(20);
    }

    [Fact]
    public void A_pattern_that_matches_no_layer_is_refused_with_near_names()
    {
        var (spec, data) = (CollectionBench.Spec("mlp") with { Activations = new ActivationSample { Layers = ["layer.1.weight"], Rows = 30 } }, CollectionBench.Data(limit: 80));
        _bench.Save(spec, data);

        var failure = Should.Throw<DomainException>(() => _bench.Collect(spec, data)).Failure;

        failure.Code.ShouldBe(FailureCodes.InvalidOption);
        failure.Reason.ShouldBe("'layer.1.weight' matches no layer whose inputs are seen.");
        failure.Remedy.ShouldStartWith("Did you mean 'layers.1.weight'");
    }

    private static IEnumerable<string> WithStatistics(CollectSpec spec, DataSplits data, StatisticsFile statistics)
    {
        using var network = Networks.Build(spec.Model, data);
        return [.. network.named_parameters().Select(p => p.name).Where(statistics.Has)];
    }
}
