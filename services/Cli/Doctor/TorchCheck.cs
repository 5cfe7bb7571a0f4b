using System.Diagnostics;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Doctor;

/// <summary>Does libtorch load in a runner, and can it train?</summary>
internal static class TorchCheck
{
    private const string Remedy = "Install the C++ runtime (apt-get install libstdc++6 libgomp1), and build again so that libtorch lies beside the runner.";

    /// <summary>Trains a tiny network for one epoch in a runner, in a store of its own that is removed.</summary>
    public static async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var since = Stopwatch.GetTimestamp();
            await using var store = LocalStore.OpenTemporary();
            await store.Runners.RunAsync<TrainRequest, TrainReply>(Tiny(), progress: null, cancellationToken);
            var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
            return new Finding("libtorch", IsGood: true, $"a runner started and trained in {Figures.Duration(seconds)}", "");
        }
        catch (Exception failure) when (failure is DomainException or RunnerUnavailableException or RunnerJobException)
        {
            return new Finding("libtorch", IsGood: false, failure.Message.ReplaceLineEndings(" "), Remedy);
        }
    }

    private static TrainRequest Tiny()
    {
        var spec = new TrainSpec
        {
            AlgorithmVersion = TrainSpec.CurrentVersion,
            Model = new ModelSpec { Name = "mlp" },
            Data = new DataSpec { Name = "digits", Limit = 64 },
            Epochs = 1,
            Seed = 1,
            Schedule = MethodSpec.Of("constant"),
            PeakLearningRate = 0.01,
        };
        return new TrainRequest(spec, ResumePoint: null, BudgetSeconds: 60, CheckpointSeconds: 60);
    }
}
