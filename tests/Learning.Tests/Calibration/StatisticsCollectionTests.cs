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

    [Fact]
    public void A_script_is_refused_by_name()
    {
        var spec = Spec("mlp") with { Model = Scripts.Spec.Model };

        var failure = Should.Throw<DomainException>(() => StatisticsCollection.Run("any", spec, Data(limit: 60), _folder.File("statistics"), CancellationToken.None)).Failure;

        failure.Reason.ShouldStartWith("Model torchscript shows no layers");
        failure.Remedy.ShouldContain("global-magnitude");
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
