using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Souper;

/// <summary>Averages in this process; BatchNorm recalibration and scores come from runner processes.</summary>
internal sealed class SoupStepHandler(IArtifactStore store, IRunnerPool runners, TimeProvider time) : IStepHandler<SoupSpec>
{
    public async Task<StepOutcome> ComputeAsync(SoupSpec spec, StepSlice slice, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var request = await LoadAsync(spec, cancellationToken);
        var soup = store.CreateTemporaryPath();
        var report = await SoupOperation.CookAsync(request, (trial, stop) => ScoreAsync(spec, trial, stop), soup, cancellationToken);
        return new StepOutcome
        {
            Outputs = await StoreAsync(soup, report, cancellationToken),
            Metrics = MetricsOf(report),
            Seconds = time.GetElapsedTime(start).TotalSeconds,
        };
    }

    private async Task<SoupRequest> LoadAsync(SoupSpec spec, CancellationToken cancellationToken)
    {
        var candidates = new List<CandidateFile>();
        foreach (var candidate in spec.Candidates)
            candidates.Add(new(await store.FetchAsync(candidate.Checkpoint, cancellationToken), candidate.ValidationAccuracy));
        var mask = spec.Mask is null ? null : SparsityMask.Load(await store.FetchAsync(spec.Mask, cancellationToken));
        return new SoupRequest { Method = spec.Method, Candidates = candidates, Expected = spec.Expected, Mask = mask };
    }

    private async Task<SoupScore> ScoreAsync(SoupSpec spec, SoupTrial trial, CancellationToken cancellationToken)
    {
        var request = new ScoreRequest(trial.Checkpoint, spec.Model, spec.Data, spec.Recalibration, trial.RecalibratedCheckpoint);
        var reply = await runners.RunAsync<ScoreRequest, ScoreReply>(RunnerJobs.Score, request, progress: null, cancellationToken);
        return new SoupScore(reply.Accuracy, reply.Loss);
    }

    private async Task<SortedDictionary<string, ArtifactRef>> StoreAsync(
        string soup, SoupReport report, CancellationToken cancellationToken) => new(StringComparer.Ordinal)
        {
            [OutputNames.Checkpoint] = await store.StoreAsync(soup, ArtifactFormats.Safetensors, cancellationToken),
            [OutputNames.Report] = await store.StoreReportAsync(report, cancellationToken),
        };

    private static SortedDictionary<string, double> MetricsOf(SoupReport report) => new(StringComparer.Ordinal)
    {
        [MetricNames.ValidationAccuracy] = report.ValidationAccuracy,
    };
}
