using System.Text;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Planning;
using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Runner.Jobs;

/// <summary>
/// One run on weights that are not trained: steps are set up by the code that does them, networks are cut to every sparsity under the masks of the
/// cuts before, and no epoch is trained. What refuses here would refuse there, in the same words.
/// </summary>
internal sealed class RehearsedRun(RehearseRequest request, DataSplits data, string folder, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DataSplits> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TrainReport> _reports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Action> _cuts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _trainings = new(StringComparer.Ordinal);
    private readonly List<(string Node, StepFailure Failure)> _problems = [];

    private string? Measure => request.Recipe.Measure?.Name;

    /// <summary>As a run tells the failure of a step.</summary>
    public static StepFailure At(string node, StepFailure failure) => failure with { Reason = $"{node}: {failure.Reason}" };

    /// <summary>Each reason once, with the first step it concerns.</summary>
    public IReadOnlyList<StepFailure> Problems()
    {
        Rehearsal.Play(request.Recipe, Perform);
        return [.. _problems.DistinctBy(p => p.Failure.Reason, StringComparer.Ordinal).Select(p => At(p.Node, p.Failure))];
    }

    private StepResult Perform(PlannedStep step)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return step.Spec switch
            {
                TrainSpec { Mask: null } train => Pretrain(step, train),
                TrainSpec train => Retrain(step, train),
                CollectSpec collect => Collect(step, collect),
                PruneSpec prune => Prune(step, prune),
                SoupSpec soup => Soup(step, soup),
                EvaluateSpec evaluate => Evaluate(step, evaluate),
                TimeSpec => Time(step),
                _ => throw new InvalidOperationException($"Nobody knows how to rehearse a step of kind '{step.Kind}'."),
            };
        }
        catch (DomainException refused)
        {
            _problems.Add((step.Node, refused.Failure));
            return RehearsedResults.Unchanged(step, Measure) ?? RehearsedResults.Failed(step, refused.Failure);
        }
    }

    private StepResult Pretrain(PlannedStep step, TrainSpec spec)
    {
        var (file, mask) = (NewFile(step, OutputNames.Checkpoint), NewFile(step, OutputNames.Mask));
        _reports[step.Key!] = TrainingRehearsal.Run(Inputs(spec), file, mask);
        return RehearsedResults.Trained(step, Known(step, OutputNames.Checkpoint, file), Measure, File.Exists(mask) ? Known(step, OutputNames.Mask, mask) : null);
    }

    private StepResult Retrain(PlannedStep step, TrainSpec spec)
    {
        // Candidates of one cut differ in their seeds, which nothing is refused for.
        if (_trainings.Add(Encoding.UTF8.GetString(CanonicalJson.Serialize<StepSpec>(spec with { Seed = 0 }))))
            // The pretraining has tried updates already, where there is one.
            TrainingRehearsal.Run(Inputs(spec), spec.DenseReport is null ? NewFile(step, OutputNames.Checkpoint) : null);
        return RehearsedResults.Trained(step, spec.Checkpoint!, Measure);
    }

    private StepResult Collect(PlannedStep step, CollectSpec spec)
    {
        var file = NewFile(step, OutputNames.Statistics);
        var checkpoint = FileOf(spec.Checkpoint)!;
        using var cut = spec.Sequential is { } rule ? new SequentialLayers(checkpoint, rule, MaskOf(rule.Mask), MaskOf(rule.Ceiling), folder, solution: null, cancellationToken) : null;
        StatisticsCollection.Run(checkpoint, spec, DataOf(spec.Data, spec.Task), file, cancellationToken, cut);
        return RehearsedResults.Collected(step, Known(step, OutputNames.Statistics, file));
    }

    private StepResult Prune(PlannedStep step, PruneSpec spec)
    {
        var (checkpoint, mask) = (NewFile(step, OutputNames.Checkpoint), NewFile(step, OutputNames.Mask));
        var report = Cut(spec, checkpoint, mask);
        return RehearsedResults.Pruned(step, Known(step, OutputNames.Checkpoint, checkpoint), Known(step, OutputNames.Mask, mask), report.NormDrop, report.PrunedFraction);
    }

    // Checkpoints may be large and cuts many, so only the last is kept. Where another is wanted all the same, its cut is made again.
    private PruneReport Cut(PruneSpec spec, string checkpoint, string mask)
    {
        var previous = MaskOf(spec.Mask);
        using var source = CheckpointFile.Open(FileOf(spec.Checkpoint)!, CheckpointUse.Prune, folder, previous);
        using var statistics = spec.Statistics is null ? null : StatisticsFile.Open(FileOf(spec.Statistics)!);
        var asked = PruneRequest.Of(spec, previous, spec.Script is null ? null : request.Script, MaskOf(spec.Ceiling)) with { Statistics = statistics };
        var report = PruneOperation.Run(source, asked, checkpoint, mask, cancellationToken);
        foreach (var earlier in _cuts.Keys.Where(c => c != checkpoint))
            File.Delete(earlier);
        _cuts[checkpoint] = () => Cut(spec, checkpoint, mask);
        return report;
    }

    private StepResult Soup(PlannedStep step, SoupSpec spec)
    {
        SoupRehearsal.Run(spec);
        return RehearsedResults.Cooked(step, spec, Measure);
    }

    private StepResult Evaluate(PlannedStep step, EvaluateSpec spec)
    {
        EvaluationRehearsal.Run(spec, DataOf(spec.Data, spec.Task));
        return RehearsedResults.Measured(step, Measure);
    }

    private StepResult Time(PlannedStep step)
    {
        LatencyMeasurement.EnsurePossible();
        return RehearsedResults.Measured(step, Measure);
    }

    private TrainingInputs Inputs(TrainSpec spec) => new()
    {
        Spec = spec,
        Data = DataOf(spec.Data, spec.Task),
        Checkpoint = FileOf(spec.Checkpoint),
        Script = request.Script,
        Mask = MaskOf(spec.Mask),
        Ceiling = MaskOf(spec.Ceiling),
        DenseReport = spec.DenseReport is { } report ? _reports[report.Digest] : null,
    };

    // Steps may be on parts of the recipe's data, each of which is read once.
    private DataSplits DataOf(DataSpec spec, MethodSpec? task)
    {
        if (spec.Stored is { } stored)
            return DataSets.Load(spec with { Path = FileOf(stored) }, task);
        var key = Convert.ToHexStringLower(CanonicalJson.Serialize(spec));
        if (!_parts.TryGetValue(key, out var known))
            _parts[key] = known = key == Convert.ToHexStringLower(CanonicalJson.Serialize(request.Recipe.Data)) ? data : DataSets.Load(spec, task);
        return known;
    }

    private string? FileOf(ArtifactRef? artifact) => artifact is null ? null
        : artifact == request.Recipe.Pretraining.Checkpoint ? request.Weights
        : request.Networks?.GetValueOrDefault(artifact.Digest) is { } given ? given
        : Present(_files[artifact.Digest + artifact.Format]);

    private string Present(string file)
    {
        if (!File.Exists(file) && _cuts.TryGetValue(file, out var cut))
            cut();
        return file;
    }

    private SparsityMask? MaskOf(ArtifactRef? mask) => mask is null ? null : SparsityMask.Load(FileOf(mask)!);

    private string NewFile(PlannedStep step, string output) => Path.Combine(folder, $"{step.Key}.{output}");

    private ArtifactRef Known(PlannedStep step, string output, string file)
    {
        var artifact = RehearsedResults.Reference(step.Key!, output switch
        {
            OutputNames.Mask => ArtifactFormats.Mask,
            OutputNames.Statistics => ArtifactFormats.Statistics,
            _ => ArtifactFormats.Safetensors,
        });
        _files[artifact.Digest + artifact.Format] = file;
        return artifact;
    }
}
