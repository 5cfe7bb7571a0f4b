using System.Collections.Concurrent;
using System.Text;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.TestKit;

namespace SparsePipeline.Standalone.Tests.Fakes;

/// <summary>
/// Stands in for the runner processes, so that bus and store are tested without libtorch: "training" writes weights that are
/// a function of the spec, under its mask. A script may run before each job: wait, throw, count.
/// </summary>
internal sealed class ScriptedRunners(IArtifactStore store, JobLog log) : IRunnerPool
{
    private static readonly long[] Shape = [8, 8];

    public async Task<TReply> RunAsync<TRequest, TReply>(
        string job, TRequest request, IProgress<RunnerProgress>? progress, CancellationToken cancellationToken)
    {
        log.Add(job, request!);
        await log.Script(request!, cancellationToken);
        object reply = request switch
        {
            TrainRequest train => await TrainAsync(train, progress, cancellationToken),
            EvaluateRequest evaluate => new EvaluateReply(
                await StoreTextAsync($"measured {evaluate.Spec.Checkpoint.Digest}", cancellationToken),
                await StoreTextAsync($"right about {evaluate.Spec.Checkpoint.Digest}", cancellationToken),
                new Dictionary<string, double> { [MetricNames.Accuracy] = 0.5 }, Seconds: 0.01),
            ScoreRequest => new ScoreReply(new SplitReport { Examples = 1, Accuracy = 0.5, Loss = 1 }),
            _ => throw new InvalidOperationException(job),
        };
        return (TReply)reply;
    }

    private async Task<TrainReply> TrainAsync(TrainRequest request, IProgress<RunnerProgress>? progress, CancellationToken cancellationToken)
    {
        if (log.SliceFirst && request.ResumePoint is null)
        {
            var point = await StoreTextAsync("half of " + StepKey.Of(request.Spec), cancellationToken);
            progress?.Report(new RunnerProgress(0.5, "half", point, 1));
            return new TrainReply(null, null, point, 1);
        }
        var outputs = new Dictionary<string, ArtifactRef>
        {
            [OutputNames.Checkpoint] = await StoreWeightsAsync(request.Spec, cancellationToken),
            [OutputNames.Report] = await StoreTextAsync("trained " + StepKey.Of(request.Spec), cancellationToken),
        };
        return new TrainReply(outputs, new Dictionary<string, double> { [MetricNames.ValidationAccuracy] = 0.5 }, null, 1);
    }

    private async Task<ArtifactRef> StoreWeightsAsync(TrainSpec spec, CancellationToken cancellationToken)
    {
        var random = new Random((int)(SeedDerivation.Derive(0, StepKey.Of(spec)) % int.MaxValue));
        var mask = spec.Mask is null ? null : SparsityMask.Load(await store.FetchAsync(spec.Mask, cancellationToken)).Find("fc.weight");
        float[] weights = [.. Enumerable.Range(0, 64).Select(i => random.Next(1, 1000) / 1000f * (mask is null || (mask.Words[0] >> i & 1) == 1 ? 1 : 0))];
        if (log.Spoils(spec))
            weights[Array.FindIndex(weights, w => w != 0)] = float.NaN;
        var file = new StateDictBuilder().Floats("fc.weight", Shape, weights).Save(store.CreateTemporaryPath());
        return await store.StoreAsync(file, ArtifactFormats.Safetensors, cancellationToken);
    }

    private async Task<ArtifactRef> StoreTextAsync(string text, CancellationToken cancellationToken)
    {
        var file = store.CreateTemporaryPath();
        await File.WriteAllTextAsync(file, text, Encoding.UTF8, cancellationToken);
        return await store.StoreAsync(file, ArtifactFormats.Json, cancellationToken);
    }
}

/// <summary>What the runners were asked to do, by all pipelines of a test.</summary>
internal sealed class JobLog
{
    private readonly ConcurrentQueue<(string Job, object Request)> _jobs = new();

    /// <summary>Every training's first slice ends unfinished.</summary>
    public bool SliceFirst { get; init; }

    /// <summary>Trainings that store a weight that is not a number.</summary>
    public Func<TrainSpec, bool> Spoils { get; init; } = _ => false;

    /// <summary>Runs before each job.</summary>
    public Func<object, CancellationToken, Task> Script { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Step keys of the trainings and evaluations that were begun, in order, repetitions included.</summary>
    public IReadOnlyList<string> Keys => [.. _jobs.Select(j => KeyOf(j.Request)).OfType<string>()];

    public IReadOnlyList<TrainRequest> Trainings => [.. _jobs.Select(j => j.Request).OfType<TrainRequest>()];

    public void Add(string job, object request) => _jobs.Enqueue((job, request));

    private static string? KeyOf(object request) => request switch
    {
        TrainRequest train => StepKey.Of(train.Spec),
        EvaluateRequest evaluate => StepKey.Of(evaluate.Spec),
        _ => null,
    };
}
