using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models.TorchScript;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Models.TorchScript;

public sealed class ScriptNormTests : IDisposable
{
    private const string BatchNorm = "modules/batchnorm";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0.10000000000000001")]
    [InlineData("0.01")]
    [InlineData("0.5")]
    [InlineData("1.")]
    public void Whatever_the_momentum_all_batches_weigh_the_same(string momentum)
    {
        using var network = Scripts.Load(ExampleScript.WithText(_folder.File("net.pt"), BatchNorm, "bn_training, 0.10000000000000001", $"bn_training, {momentum}"));

        var report = BatchNormRecalibration.Run(network, Trainings.Data, 42, 0.5)!;

        var (means, variances) = Averages(network, report);
        Values(network, "features.1.running_mean").ShouldBe(means, tolerance: 1e-5);
        Values(network, "features.1.running_var").ShouldBe(variances, tolerance: 1e-5);
        network.get_buffer("features.5.num_batches_tracked")!.data<long>()[0].ShouldBe(report.Batches);
    }

    [Fact]
    public void Recalibration_repeats_and_forgets_what_was_there()
    {
        using var one = Scripts.Load();
        using var other = Scripts.Load();
        MemoryMarshal.Cast<byte, float>(other.get_buffer("features.5.running_var")!.bytes).Fill(7);
        BatchNormRecalibration.Run(one, Trainings.Data, 42, 0.5);
        BatchNormRecalibration.Run(other, Trainings.Data, 42, 0.5);

        foreach (var (name, tensor) in one.state_dict())
            other.state_dict()[name].bytes.ToArray().ShouldBe(tensor.bytes.ToArray(), name);
    }

    [Fact]
    public void A_norm_that_a_trace_has_frozen_is_refused_with_the_way_out()
    {
        using var network = Scripts.Load(ExampleScript.WithText(_folder.File("net.pt"), BatchNorm, "bias, bn_training, 0.1", "bias, False, 0.1"));

        var failure = Scripts.Refusal(() => BatchNormRecalibration.Run(network, Trainings.Data, 42, 0.5));

        failure.Code.ShouldBe(FailureCodes.InvalidModel);
        failure.Reason.ShouldContain("'features.1' does not keep running averages");
        failure.Remedy.ShouldContain("retraining.recalibration to 0");
    }

    [Fact]
    public void A_script_without_norms_is_left_alone()
    {
        var code = ExampleScript.WithText(_folder.File("code.pt"), BatchNorm, "running_mean", "custom_mean_");
        using var network = Scripts.Load(ExampleScript.WithText(_folder.File("net.pt"), "net/data.pkl", "running_mean", "custom_mean_", code));

        BatchNormRecalibration.Run(network, Trainings.Data, 42, 0.5).ShouldBeNull();
    }

    /// <summary>What the first norm sees, worked out from the convolution before it.</summary>
    private static (double[] Means, double[] Variances) Averages(TorchScriptNetwork network, RecalibrationReport report)
    {
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var reader = new BatchReader(Trainings.Data.Training, Trainings.Data.Inputs);
        var order = SeededRandom.Permutation(reader.Count, report.Seed);
        var weight = network.get_parameter("features.0.weight")!;
        var outputs = Enumerable.Range(0, report.Batches)
            .Select(i => torch.nn.functional.conv2d(reader.Read(order.AsSpan(i * report.BatchSize, report.BatchSize)).Inputs, weight, padding: [1, 1]))
            .ToList();
        return (Mean(outputs.Select(o => o.mean([0, 2, 3]))), Mean(outputs.Select(o => o.var([0, 2, 3]))));
    }

    private static double[] Mean(IEnumerable<torch.Tensor> batches)
    {
        var rows = batches.Select(b => b.data<float>().ToArray()).ToList();
        return [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Average(r => (double)r[i]))];
    }

    private static IEnumerable<double> Values(TorchScriptNetwork network, string buffer) =>
        network.get_buffer(buffer)!.data<float>().ToArray().Select(v => (double)v);
}
