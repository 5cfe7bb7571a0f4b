using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Tests.Models.TorchScript;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Tests.Calibration;

public sealed class StatisticsCollectionTests : IDisposable
{
    private readonly CollectionBench _bench = new();

    public void Dispose() => _bench.Dispose();

    /// <summary>A layer is linear, so the sum of its outputs is its matrix times the sum of its inputs; a wrong order of inputs shows.</summary>
    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    [InlineData("resnet20")]
    public void Sums_of_inputs_give_the_sums_of_outputs_of_every_layer(string model)
    {
        var (spec, data) = (CollectionBench.Spec(model), CollectionBench.Data(limit: 60));
        using var network = Networks.Build(spec.Model, data);
        WeightTransfer.Save(network, _bench.File("net.safetensors"));
        var outputs = SumsOfOutputs(network, data);

        using var statistics = _bench.Collect(spec, data);

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
        var (spec, data) = (CollectionBench.Spec(model) with { OutputProducts = true }, CollectionBench.Data(limit: 40));
        _bench.Save(spec, data);
        using var network = Networks.Load(spec.Model, data, _bench.File("net.safetensors"));
        var parameters = network.named_parameters().ToDictionary(p => p.name, p => CollectionBench.Numbers<float>(p.parameter));

        using var statistics = _bench.Collect(spec, data);

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

    [Fact]
    public void The_sample_is_drawn_from_the_seed_and_repeats_to_the_byte()
    {
        var (spec, data) = (CollectionBench.Spec("mlp") with { Examples = 32 }, CollectionBench.Data(limit: 200));
        using (var network = Networks.Build(spec.Model, data))
            WeightTransfer.Save(network, _bench.File("net.safetensors"));

        byte[] Bytes(CollectSpec asked)
        {
            _bench.Collect(asked, data).Dispose();
            return File.ReadAllBytes(_bench.File("statistics"));
        }

        var first = Bytes(spec);
        Bytes(spec).ShouldBe(first);
        Bytes(spec with { Seed = 2 }).ShouldNotBe(first);
        using var statistics = _bench.Collect(spec, data);
        statistics.Find("layers.0.weight", products: false)!.Count.ShouldBe(32);
    }

    /// <summary>Halves every layer as soon as its inputs are known: then the next one sees half, or a quarter, of what it would.</summary>
    [Fact]
    public void Layers_that_are_cut_on_the_way_are_what_later_ones_see()
    {
        var (spec, data) = (CollectionBench.Spec("mlp"), CollectionBench.Data(limit: 80));
        using (var network = Networks.Build(spec.Model, data))
        {
            Initialization.Apply(network, 3);
            using var off = torch.no_grad();
            foreach (var (name, parameter) in network.named_parameters().Where(p => p.name.EndsWith("bias", StringComparison.Ordinal)))
                parameter.zero_();
            WeightTransfer.Save(network, _bench.File("net.safetensors"));
        }

        double[] Sums(ILayerCut? cut, string layer)
        {
            StatisticsCollection.Run(_bench.File("net.safetensors"), spec, data, _bench.File("statistics"), CancellationToken.None, cut);
            using var statistics = StatisticsFile.Open(_bench.File("statistics"));
            return statistics.Find(layer, products: false)!.Sums;
        }

        var halving = new Halving(_bench.File("net.safetensors"));
        Sums(halving, "layers.0.weight").ShouldBe(Sums(null, "layers.0.weight"));
        var (whole, half) = (Sums(null, "layers.1.weight"), Sums(halving, "layers.1.weight"));
        half.Max().ShouldBeGreaterThan(0);
        half.ShouldBe(whole.Select(s => s / 2));
        halving.Order.Take(2).ShouldBe(["layers.0.weight", "layers.1.weight"]);
    }

    [Fact]
    public void A_script_is_refused_by_name()
    {
        var spec = CollectionBench.Spec("mlp") with { Model = Scripts.Spec.Model };

        var failure = Should.Throw<DomainException>(() => StatisticsCollection.Run("any", spec, CollectionBench.Data(limit: 60), _bench.File("statistics"), CancellationToken.None)).Failure;

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
                        CollectionBench.Numbers<double>(rows.to_type(torch.ScalarType.Float64).sum(dim: 0)),
                        CollectionBench.Numbers<float>(layer.get_parameter("weight")!),
                        bias is null ? new float[rows.shape[1]] : CollectionBench.Numbers<float>(bias),
                        rows.shape[0]));
                    return output;
                });
        network.eval();
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        network.call(new BatchReader(data.Training, data.Inputs).Read([.. Enumerable.Range(0, data.Training.Count)]).Inputs);
        return sums;
    }

}
