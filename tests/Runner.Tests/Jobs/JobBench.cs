using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning.Data;
using SparsePipeline.Runner.Jobs;
using SparsePipeline.TestKit;

namespace SparsePipeline.Runner.Tests.Jobs;

/// <summary>The jobs on a store in a folder, called directly.</summary>
internal sealed class JobBench : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoreFolder _store;

    public JobBench()
    {
        _store = new StoreFolder(_folder.Path);
        Artifacts = new FileArtifactStore(_store);
    }

    public static TrainSpec Dense { get; } = new()
    {
        AlgorithmVersion = TrainSpec.CurrentVersion,
        Model = new ModelSpec { Name = "mlp", Options = new MethodOptions { ["hidden"] = JsonSerializer.SerializeToElement(new[] { 16 }) } },
        Data = new DataSpec { Name = "digits", Digest = DataSets.Digest(new DataSpec { Name = "digits" }) },
        Epochs = 4,
        Seed = 1,
        Schedule = MethodSpec.Of("linear"),
        PeakLearningRate = 0.1,
    };

    public IArtifactStore Artifacts { get; }

    public string File(string name) => _folder.File(name);

    public Task<TrainReply> TrainAsync(
        TrainSpec spec, ArtifactRef? resumePoint = null, double budget = 600, double interval = 600, ProgressList? progress = null) =>
        RunAsync<TrainRequest, TrainReply>(
            new TrainJob(Artifacts, new DataCache(), TimeProvider.System), new TrainRequest(spec, resumePoint, budget, interval), progress);

    public Task<EvaluateReply> EvaluateAsync(
        ArtifactRef checkpoint, string[]? corruptions = null, int[]? severities = null, ProgressList? progress = null, ArtifactRef[]? others = null, string[]? metrics = null) => RunAsync<EvaluateRequest, EvaluateReply>(
        new EvaluateJob(Artifacts, new DataCache(), TimeProvider.System),
        new EvaluateRequest(new EvaluateSpec
        {
            AlgorithmVersion = EvaluateSpec.CurrentVersion,
            Checkpoint = checkpoint,
            Others = others,
            Model = Dense.Model,
            Data = Dense.Data,
            Corruptions = corruptions,
            Severities = severities,
            Metrics = metrics,
        }),
        progress);

    public async Task<ArtifactRef> CollectAsync(CollectSpec spec) => (await CollectedAsync(spec)).Statistics;

    public Task<CollectReply> CollectedAsync(CollectSpec spec) =>
        RunAsync<CollectRequest, CollectReply>(new CollectJob(Artifacts, new DataCache(), TimeProvider.System), new CollectRequest(spec));

    public Task<ScoreReply> ScoreAsync(string checkpoint, string? recalibrated) => RunAsync<ScoreRequest, ScoreReply>(
        new ScoreJob(Artifacts, new DataCache()), new ScoreRequest(checkpoint, Dense.Model, Dense.Data, Recalibration: 0, recalibrated));

    public Task<TimeReply> TimeAsync(ArtifactRef checkpoint, int batch, ProgressList? progress = null) => RunAsync<TimeRequest, TimeReply>(
        new TimeJob(Artifacts, new DataCache(), TimeProvider.System), new TimeRequest(checkpoint, Dense.Model, Dense.Data, batch), progress);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static async Task<TReply> RunAsync<TRequest, TReply>(IRunnerJob job, TRequest request, ProgressList? progress = null)
    {
        var json = JsonSerializer.SerializeToElement(request, ContractJson.Options);
        var reply = await job.RunAsync(json, progress ?? new ProgressList(), CancellationToken.None);
        return reply.Deserialize<TReply>(ContractJson.Options)!;
    }
}
