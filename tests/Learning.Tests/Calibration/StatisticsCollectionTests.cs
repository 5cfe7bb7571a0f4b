using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Digits;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Tests.Models.TorchScript;
using SparsePipeline.TestKit;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Tests.Calibration;

public sealed class StatisticsCollectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A layer is linear, so the sum of its outputs is its matrix times the sum of its inputs; a wrong order of inputs shows.</summary>
    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    [InlineData("resnet20")]
    public void Sums_of_inputs_give_the_sums_of_outputs_of_every_layer(string model)
    {
        var (spec, data) = (Spec(model), Data(limit: 60));
        using var network = Networks.Build(spec.Model, data);
        WeightTransfer.Save(network, _folder.File("net.safetensors"));
        var outputs = SumsOfOutputs(network, data);

        using var statistics = Collect(spec, data);

        outputs.Count.ShouldBeGreaterThan(1);
        foreach (var (name, (sums, weight, bias, rows)) in outputs)
        {
            var layer = statistics.Find(name, products: true)!;
            layer.Count.ShouldBe(rows);
            for (var row = 0; row < sums.Length; row++)
            {
                var expected = (rows * bias[row]) + Enumerable.Range(0, layer.Inputs).Sum(c => weight[(row * layer.Inputs) + c] * layer.Sums[c]);
                sums[row].ShouldBe(expected, 1e-3 * Math.Max(1, Math.Abs(expected)), name);
            }

            for (var input = 0; input < layer.Inputs; input++)
                layer.Products![(input * layer.Inputs) + input].ShouldBe(layer.Squares[input], 1e-9 * Math.Max(1, layer.Squares[input]), name);
        }
    }

    /// <summary>What a layer says is Y = XWᵀ + b, so XᵀY = XᵀX·Wᵀ + (Σx)·bᵀ.</summary>
    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    public void Products_of_inputs_and_outputs_follow_from_those_of_inputs(string model)
    {
        var (spec, data) = (Spec(model) with { OutputProducts = true }, Data(limit: 40));
        SaveNetwork(spec, data);
        using var network = Networks.Load(spec.Model, data, _folder.File("net.safetensors"));
        var parameters = network.named_parameters().ToDictionary(p => p.name, p => Numbers<float>(p.parameter));

        using var statistics = Collect(spec, data);

        foreach (var name in statistics.Layers)
        {
            var layer = statistics.Find(name, products: true)!;
            var weight = parameters[name];
            var bias = parameters.GetValueOrDefault(name.Replace(".weight", ".bias", StringComparison.Ordinal), new float[weight.Length / layer.Inputs]);
            for (var input = 0; input < layer.Inputs; input++)
                for (var output = 0; output < bias.Length; output++)
                {
                    var expected = (layer.Sums[input] * bias[output])
                        + Enumerable.Range(0, layer.Inputs).Sum(c => layer.Products![(input * layer.Inputs) + c] * weight[(output * layer.Inputs) + c]);
                    layer.OutputProducts![(input * bias.Length) + output].ShouldBe(expected, 1e-3 * Math.Max(1, Math.Abs(expected)), name);
                }
        }
    }

    /// <summary>
    /// Of logits z with probabilities p and label y, ∂(−log p_y)/∂z = p − y; so the gradient of the last bias is p − y, and that of the last weights (p − y)·hᵀ of what comes in.
    /// Squares are of single examples: those of the mean gradient would be smaller.
    /// </summary>
    [Fact]
    public void Squared_gradients_are_those_of_single_examples_with_their_labels()
    {
        var (spec, data) = (Spec("mlp") with { Gradients = true, Model = Narrow, Activations = new ActivationSample { Layers = ["layers.1.weight"], Rows = 1000 } }, Data(limit: 30));
        SaveNetwork(spec, data);
        using var network = Networks.Load(spec.Model, data, _folder.File("net.safetensors"));
        var (weight, bias) = (Numbers<float>(network.get_parameter("layers.1.weight")!), Numbers<float>(network.get_parameter("layers.1.bias")!));

        using var statistics = Collect(spec, data);

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
        var (spec, data) = (Spec("mlp") with { Gradients = true, Model = new ModelSpec { Name = "autoencoder" }, Task = MethodSpec.Of("reconstruction") }, DataSets.Load(new DataSpec { Name = "digits", Limit = 30 }, MethodSpec.Of("reconstruction")));
        SaveNetwork(spec, data);

        Should.Throw<DomainException>(() => Collect(spec, data)).Failure.Reason.ShouldContain("the task 'reconstruction' of this data has none");
    }

    [Fact]
    public void The_sample_is_drawn_from_the_seed_and_repeats_to_the_byte()
    {
        var (spec, data) = (Spec("mlp") with { Examples = 32 }, Data(limit: 200));
        using (var network = Networks.Build(spec.Model, data))
            WeightTransfer.Save(network, _folder.File("net.safetensors"));

        byte[] Bytes(CollectSpec asked)
        {
            Collect(asked, data).Dispose();
            return File.ReadAllBytes(_folder.File("statistics"));
        }

        var first = Bytes(spec);
        Bytes(spec).ShouldBe(first);
        Bytes(spec with { Seed = 2 }).ShouldNotBe(first);
        using var statistics = Collect(spec, data);
        statistics.Find("layers.0.weight", products: false)!.Count.ShouldBe(32);
    }

    [Theory]
    [InlineData("mlp", "layers.1.weight")]
    [InlineData("cnn", "*")]
    public void Rows_that_are_all_stored_add_up_to_the_sums_and_belong_to_their_examples(string model, string pattern)
    {
        var (spec, data) = (Spec(model) with { Activations = new ActivationSample { Layers = [pattern], Rows = 1_000_000, TestRows = 20 } }, Data(limit: 80));
        SaveNetwork(spec, data);

        using var statistics = Collect(spec, data);

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
        var (spec, data) = (Spec("mlp") with { Activations = new ActivationSample { Layers = ["layers.0.weight", "layers.1.weight"], Rows = 30 } }, Data(limit: 80));
        SaveNetwork(spec, data);
        using var network = Networks.Load(spec.Model, data, _folder.File("net.safetensors"));
        var (weight, bias) = (Numbers<float>(network.get_parameter("layers.0.weight")!), Numbers<float>(network.get_parameter("layers.0.bias")!));

        using var statistics = Collect(spec, data);

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
        var (spec, data) = (Spec("cnn"), Data(limit: 80));
        SaveNetwork(spec, data);
        string name;
        double[] sums;
        using (var plain = Collect(spec, data))
        {
            name = WithStatistics(spec, data, plain).First(l => plain.Find(l, products: false)!.Count > data.Training.Count);
            sums = plain.Find(name, products: false)!.Sums;
        }

        int[] Drawn(long seed)
        {
            using var statistics = Collect(spec with { Seed = seed, Activations = new ActivationSample { Layers = [name], Rows = 50 } }, data);
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
        var (spec, data) = (Spec("mlp") with { Activations = new ActivationSample { Layers = ["layer.1.weight"], Rows = 30 } }, Data(limit: 80));
        SaveNetwork(spec, data);

        var failure = Should.Throw<DomainException>(() => Collect(spec, data)).Failure;

        failure.Code.ShouldBe(FailureCodes.InvalidOption);
        failure.Reason.ShouldBe("'layer.1.weight' matches no layer whose inputs are seen.");
        failure.Remedy.ShouldStartWith("Did you mean 'layers.1.weight'");
    }

    /// <summary>Halves every layer as soon as its inputs are known: then the next one sees half, or a quarter, of what it would.</summary>
    [Fact]
    public void Layers_that_are_cut_on_the_way_are_what_later_ones_see()
    {
        var (spec, data) = (Spec("mlp"), Data(limit: 80));
        using (var network = Networks.Build(spec.Model, data))
        {
            Initialization.Apply(network, 3);
            using var off = torch.no_grad();
            foreach (var (name, parameter) in network.named_parameters().Where(p => p.name.EndsWith("bias", StringComparison.Ordinal)))
                parameter.zero_();
            WeightTransfer.Save(network, _folder.File("net.safetensors"));
        }

        double[] Sums(ILayerCut? cut, string layer)
        {
            StatisticsCollection.Run(_folder.File("net.safetensors"), spec, data, _folder.File("statistics"), CancellationToken.None, cut);
            using var statistics = StatisticsFile.Open(_folder.File("statistics"));
            return statistics.Find(layer, products: false)!.Sums;
        }

        var halving = new Halving(_folder.File("net.safetensors"));
        Sums(halving, "layers.0.weight").ShouldBe(Sums(null, "layers.0.weight"));
        var (whole, half) = (Sums(null, "layers.1.weight"), Sums(halving, "layers.1.weight"));
        half.Max().ShouldBeGreaterThan(0);
        half.ShouldBe(whole.Select(s => s / 2));
        halving.Order.Take(2).ShouldBe(["layers.0.weight", "layers.1.weight"]);
    }

    [Fact]
    public void A_script_is_refused_by_name()
    {
        var spec = Spec("mlp") with { Model = Scripts.Spec.Model };

        var failure = Should.Throw<DomainException>(() => StatisticsCollection.Run("any", spec, Data(limit: 60), _folder.File("statistics"), CancellationToken.None)).Failure;

        failure.Reason.ShouldStartWith("Model torchscript shows no layers");
        failure.Remedy.ShouldContain("global-magnitude");
    }

    private sealed class Halving(string checkpoint) : ILayerCut
    {
        public List<string> Order { get; } = [];

        public float[]? Cut(LayerStatistics statistics)
        {
            Order.Add(statistics.Tensor);
            using var file = StateDict.Open(checkpoint);
            var weights = new float[file.Find(statistics.Tensor)!.Count];
            file.ReadFloats(statistics.Tensor, 0, weights);
            return Array.ConvertAll(weights, w => w / 2);
        }
    }

    private void SaveNetwork(CollectSpec spec, DataSplits data)
    {
        using var network = Networks.Build(spec.Model, data);
        Initialization.Apply(network, 3);
        WeightTransfer.Save(network, _folder.File("net.safetensors"));
    }

    private static IEnumerable<string> WithStatistics(CollectSpec spec, DataSplits data, StatisticsFile statistics)
    {
        using var network = Networks.Build(spec.Model, data);
        return [.. network.named_parameters().Select(p => p.name).Where(statistics.Has)];
    }

    private StatisticsFile Collect(CollectSpec spec, DataSplits data)
    {
        StatisticsCollection.Run(_folder.File("net.safetensors"), spec, data, _folder.File("statistics"), CancellationToken.None);
        return StatisticsFile.Open(_folder.File("statistics"));
    }

    private static Dictionary<string, (double[] Sums, float[] Weight, float[] Bias, long Rows)> SumsOfOutputs(torch.nn.Module<torch.Tensor, torch.Tensor> network, DataSplits data)
    {
        var sums = new Dictionary<string, (double[] Sums, float[] Weight, float[] Bias, long Rows)>();
        foreach (var (name, module) in network.named_modules())
            if (module is LinearLayer or Conv2d && module is torch.nn.Module<torch.Tensor, torch.Tensor> layer)
                layer.register_forward_hook((_, _, output) =>
                {
                    var rows = (output.dim() == 4 ? output.permute(0, 2, 3, 1) : output).reshape(-1, layer.get_parameter("weight")!.shape[0]);
                    var bias = layer.get_parameter("bias");
                    sums.Add($"{name}.weight", (
                        Numbers<double>(rows.to_type(torch.ScalarType.Float64).sum(dim: 0)),
                        Numbers<float>(layer.get_parameter("weight")!),
                        bias is null ? new float[rows.shape[1]] : Numbers<float>(bias),
                        rows.shape[0]));
                    return output;
                });
        network.eval();
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        network.call(new BatchReader(data.Training, data.Inputs).Read([.. Enumerable.Range(0, data.Training.Count)]).Inputs);
        return sums;
    }

    private static T[] Numbers<T>(torch.Tensor tensor)
        where T : unmanaged
    {
        using var flat = tensor.contiguous();
        return MemoryMarshal.Cast<byte, T>(flat.bytes).ToArray();
    }

    private static DataSplits Data(int limit) => DataSets.Load(new DataSpec { Name = DigitsDataSet.Name, Limit = limit });

    private static ModelSpec Narrow { get; } = new() { Name = "mlp", Options = new MethodOptions { ["hidden"] = System.Text.Json.JsonSerializer.SerializeToElement(new[] { 16 }) } };

    private static CollectSpec Spec(string model) => new()
    {
        AlgorithmVersion = CollectSpec.CurrentVersion,
        Checkpoint = new ArtifactRef(new string('0', 64), 1, ArtifactFormats.Safetensors),
        Model = new ModelSpec { Name = model },
        Data = new DataSpec { Name = DigitsDataSet.Name },
        Examples = 1000,
        Seed = 1,
        Products = true,
    };
}
