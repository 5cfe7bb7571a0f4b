using System.Security.Cryptography;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Building;

namespace SparsePipeline.Reporting.Tests;

/// <summary>Plans a recipe to its end with invented results: the real planner, documents in memory, accuracies chosen by the test.</summary>
internal sealed class InventedRun(Func<string, double> accuracy) : IPlanLookup, IReportSource
{
    private readonly Dictionary<string, byte[]> documents = [];
    private readonly Dictionary<string, StepResult> results = [];

    public StepResult? Result(string stepKey) => results.GetValueOrDefault(stepKey);

    public IReadOnlyList<string>? Choice(string node) => null;

    public Task<T> ReadAsync<T>(ArtifactRef reference, CancellationToken cancellationToken)
        where T : class => Task.FromResult(JsonSerializer.Deserialize<T>(documents[reference.Digest], ContractJson.Options)!);

    /// <summary>Runs until nothing is ready; nodes for which <paramref name="fails"/> holds fail.</summary>
    public EndedRun Run(Recipe recipe, Func<string, bool>? fails = null)
    {
        var plan = Planner.Plan(recipe, this, DateTimeOffset.UnixEpoch);
        while (plan.Failure is null && plan.Ready.ToList() is { Count: > 0 } ready)
        {
            foreach (var step in ready)
                results[step.Key!] = fails?.Invoke(step.Node) == true ? Failed(step) : Invent(step);
            plan = Planner.Plan(recipe, this, DateTimeOffset.UnixEpoch);
        }

        return new EndedRun
        {
            RunId = RunId.Of(recipe),
            Recipe = recipe,
            Plan = plan,
            Cached = new HashSet<string> { NodeNames.Dense },
            WallSeconds = 12.5,
            SubmittedAt = DateTimeOffset.UnixEpoch,
            Machine = "4 cores, SparsePipeline 1.2",
            Command = "sparsepipe run it",
        };
    }

    /// <summary>What the trainings say their inputs are.</summary>
    public static InputDescription Inputs { get; } = new()
    {
        Kind = DataKinds.Images,
        Shape = [1, 8, 8],
        Mean = [4.875],
        Deviation = [6.25],
        Labels = ["zero", "one"],
    };

    private StepResult Invent(PlannedStep step)
    {
        var outputs = new SortedDictionary<string, ArtifactRef>(StringComparer.Ordinal) { [OutputNames.Report] = Store(Report(step)) };
        if (step.Kind != StepKinds.Evaluate)
            outputs[OutputNames.Checkpoint] = Store(step.Node);
        if (step.Kind == StepKinds.Evaluate)
            outputs[OutputNames.Correctness] = Store(SampleEvaluation.Correctness(Accuracy(step)));
        if (step.Kind == StepKinds.Prune)
            outputs[OutputNames.Mask] = Store("mask of " + step.Node);
        return Done(step) with { Outputs = outputs, Metrics = Metrics(step) };
    }

    private object Report(PlannedStep step) => step.Spec switch
    {
        EvaluateSpec => SampleEvaluation.Of(Accuracy(step)),
        PruneSpec prune => SampleReport.Prune(prune.Sparsity),
        SoupSpec { MaskPolicy: not null } soup => Admission(soup) with { Sparsity = 0.25, Layers = [new LayerDensity("fc.weight", 3, 4)] },
        SoupSpec soup => Admission(soup),
        _ => new TrainReport { LearningRates = [0.1], IterationsPerEpoch = 1, WarmupIterations = 0, Epochs = [], Inputs = Inputs },
    };

    private static SoupReport Admission(SoupSpec soup) => SampleReport.Admission([.. soup.Candidates.Select(c => c.Validation)], 0.01);

    private double Accuracy(PlannedStep step) => accuracy(step.Node.Replace("/evaluation", "", StringComparison.Ordinal));

    private Dictionary<string, double> Metrics(PlannedStep step) => step.Spec switch
    {
        EvaluateSpec => new() { [MetricNames.Accuracy] = Accuracy(step), [MetricNames.ShiftedAccuracy] = Accuracy(step) - 0.12 },
        PruneSpec prune => new() { [MetricNames.Sparsity] = prune.Sparsity, [MetricNames.NormDrop] = 0.2, [MetricNames.PrunedFraction] = 0.5 },
        SoupSpec { MaskPolicy: not null } => new() { [MetricNames.ValidationAccuracy] = accuracy(step.Node), [MetricNames.Sparsity] = 0.25 },
        _ => new() { [MetricNames.ValidationAccuracy] = accuracy(step.Node) },
    };

    private static StepResult Failed(PlannedStep step) =>
        Done(step) with { Failure = new StepFailure(FailureCodes.Diverged, $"{step.Node} diverged.", "Lower the learning rate.") };

    private static StepResult Done(PlannedStep step) =>
        new() { Key = step.Key!, Kind = step.Kind, CompletedAt = DateTimeOffset.UnixEpoch, Seconds = 2, Worker = "test" };

    private ArtifactRef Store(object content)
    {
        var document = JsonSerializer.SerializeToUtf8Bytes(content, ContractJson.Options);
        var digest = Convert.ToHexStringLower(SHA256.HashData(document));
        documents[digest] = document;
        return new ArtifactRef(digest, document.Length, ArtifactFormats.Json);
    }
}
