using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Sparsification;
using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Souper;

/// <summary>Averages in this process; BatchNorm recalibration and scores come from runner processes.</summary>
public sealed class SoupStepHandler(IArtifactStore store, IRunnerPool runners, TimeProvider time) : IStepHandler<SoupSpec>
{
    /// <inheritdoc />
    public async Task<StepOutcome> ComputeAsync(SoupSpec spec, StepSlice slice, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        MethodVersions.Ensure(spec, SparsificationMethods.All);
        if (spec.Recut is { Allocation: null } own)
            MethodVersions.Ensure(spec.Versions, [Pruners.OwnAllocation(own.Method)], SparsificationMethods.All);
        var request = await LoadAsync(spec, cancellationToken);
        var (soup, mask) = (store.CreateTemporaryPath(), store.CreateTemporaryPath());
        try
        {
            var report = await SoupOperation.CookAsync(request, (trial, stop) => ScoreAsync(spec, trial, stop), soup, mask, cancellationToken);
            return new StepOutcome
            {
                Outputs = await StoreAsync(soup, File.Exists(mask) ? mask : null, report, cancellationToken),
                Metrics = MetricsOf(report, spec.Measure),
                Seconds = time.GetElapsedTime(start).TotalSeconds,
            };
        }
        finally
        {
            // Of what could not be written whole nothing stays on a disk that is full.
            File.Delete(soup);
            File.Delete(mask);
        }
    }

    private async Task<SoupRequest> LoadAsync(SoupSpec spec, CancellationToken cancellationToken)
    {
        var candidates = new List<CandidateFile>();
        foreach (var candidate in spec.Candidates)
            candidates.Add(new(
                await store.FetchAsync(candidate.Checkpoint, cancellationToken),
                candidate.Validation,
                await MaskAsync(candidate.Mask, cancellationToken))
            {
                Statistics = candidate.Statistics is { } statistics ? await store.FetchAsync(statistics, cancellationToken) : null,
            });
        return new SoupRequest
        {
            Method = spec.Method,
            Candidates = candidates,
            Expected = spec.Expected,
            Measure = spec.Measure ?? MeasureInfo.Accuracy,
            Anchor = spec.Anchor is { } anchor ? await store.FetchAsync(anchor, cancellationToken) : null,
            Mask = await MaskAsync(spec.Mask, cancellationToken),
            MaskPolicy = spec.MaskPolicy,
            Collect = spec.RecutSample is null ? null : (average, stop) => CollectAsync(spec, average, stop),
            Recut = spec.Recut is { } rule ? PruneRequest.Of(rule, spec.Model.Script is { } script ? await store.FetchAsync(script, cancellationToken) : null) : null,
        };
    }

    private async Task<SparsityMask?> MaskAsync(ArtifactRef? mask, CancellationToken cancellationToken) =>
        mask is null ? null : SparsityMask.Load(await store.FetchAsync(mask, cancellationToken));

    // Layers of an average see what its BatchNorm lets through, and that is measured again first, as it is after the cut.
    private async Task<bool> CollectAsync(SoupSpec spec, AverageFiles average, CancellationToken cancellationToken)
    {
        if (spec.Recalibration > 0)
            await ScoreAsync(spec, new SoupTrial(average.Checkpoint, average.Recalibrated), cancellationToken);
        var seen = File.Exists(average.Recalibrated) ? average.Recalibrated : average.Checkpoint;
        var request = new CollectAverageRequest(seen, average.Mask, average.Statistics, average.Solution, spec);
        return (await runners.RunAsync<CollectAverageRequest, CollectAverageReply>(request, progress: null, cancellationToken)).Solved;
    }

    private async Task<SoupScore> ScoreAsync(SoupSpec spec, SoupTrial trial, CancellationToken cancellationToken)
    {
        var request = new ScoreRequest(trial.Checkpoint, spec.Model, spec.Data, spec.Recalibration, trial.RecalibratedCheckpoint, spec.BatchSize, spec.Versions) { Task = spec.Task };
        var reply = await runners.RunAsync<ScoreRequest, ScoreReply>(request, progress: null, cancellationToken);
        return new SoupScore(reply.Validation.Measure, reply.Validation.Loss);
    }

    private async Task<SortedDictionary<string, ArtifactRef>> StoreAsync(string soup, string? mask, SoupReport report, CancellationToken cancellationToken)
    {
        var outputs = new SortedDictionary<string, ArtifactRef>(StringComparer.Ordinal)
        {
            [OutputNames.Checkpoint] = await store.StoreAsync(soup, ArtifactFormats.Safetensors, cancellationToken),
            [OutputNames.Report] = await store.StoreReportAsync(report, cancellationToken),
        };
        if (mask is not null)
            outputs[OutputNames.Mask] = await store.StoreAsync(mask, ArtifactFormats.Mask, cancellationToken);
        return outputs;
    }

    private static SortedDictionary<string, double> MetricsOf(SoupReport report, MeasureInfo? measure)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { [MetricNames.OnValidation(measure?.Name)] = report.Compared.Soup };
        if (report.Sparsity is { } sparsity)
            metrics[MetricNames.Sparsity] = sparsity;
        return metrics;
    }
}
