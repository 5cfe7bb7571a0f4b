using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Tasks;
using SparsePipeline.Learning.Tasks.Kinds;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Tasks;

public sealed class SparseReconstructionTaskTests
{
    /// <summary>
    /// Inputs (1, 3) and (3, 3), centred and scaled alike: (−√2, 0) and (√2, 0). With the identity and k = 1 the first is said as 0 and the second as it is; the latent of
    /// the constant column is never used, and half a latent is active on average.
    /// </summary>
    [Fact]
    public void Errors_active_and_dead_latents_are_counted()
    {
        var rows = Examples.Rows(2, [1, 3, 3, 3]);
        var data = LearningTasks.Begin(MethodSpec.Of(SparseReconstructionTask.Name), new DataSplits
        {
            Classes = 0,
            Training = rows,
            Validation = rows,
            Test = rows,
            Shifts = new Dictionary<string, Examples>(),
            Inputs = Standardization.AlikeOf(rows),
        });
        using var network = new TopKAutoencoderNetwork(inputs: 2, latents: 2, active: 1, tied: false);
        using (torch.no_grad())
        {
            network.get_parameter("encoder.weight")!.copy_(torch.eye(2));
            network.get_parameter("decoder.weight")!.copy_(torch.eye(2));
        }

        var report = Scoring.Score(network, rows, data);

        report.Metrics!["mean-squared-error"].ShouldBe(0.5, 1e-6);
        report.Metrics["explained-variance"].ShouldBe(0.5, 1e-6);
        report.Metrics["active-latents"].ShouldBe(0.5);
        report.Metrics["dead-latents"].ShouldBe(0.5);
        report.Primary.ShouldBe("mean-squared-error");
    }

    [Fact]
    public void Columns_scaled_alike_keep_directions_and_have_as_much_variance_as_there_are_columns()
    {
        var rows = Examples.Rows(2, [1, 10, 3, 20, 5, 60]);
        var inputs = Standardization.AlikeOf(rows);
        var scaled = new float[6];
        for (var i = 0; i < 3; i++)
            inputs.Apply(rows.Numbers(i), scaled.AsSpan(2 * i, 2));

        scaled.Sum(v => (double)v * v).ShouldBe(3 * 2, 1e-5);
        ((scaled[4] - scaled[0]) / (scaled[5] - scaled[1])).ShouldBe(4f / 50, 1e-6f);
        (scaled[0] + scaled[2] + scaled[4]).ShouldBe(0, 1e-6f);
    }
}
