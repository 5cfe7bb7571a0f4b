using System.Security.Cryptography;
using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

/// <summary>Results and choices in memory, and workers whose outputs are digests of the step's key.</summary>
internal sealed class FakeWorld : IPlanLookup
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, StepResult> results = [];
    private readonly Dictionary<string, IReadOnlyList<string>> choices = [];

    public DateTimeOffset Now { get; set; } = Start;

    public IReadOnlyDictionary<string, StepResult> Results => results;

    public List<string> Executed { get; } = [];

    public StepResult? Result(string stepKey) => results.GetValueOrDefault(stepKey);

    public IReadOnlyList<string>? Choice(string node) => choices.GetValueOrDefault(node);

    public void Record(Plan plan)
    {
        foreach (var choice in plan.Choices) choices.TryAdd(choice.Node, choice.CandidateKeys);
    }

    public void Run(PlannedStep step)
    {
        Executed.Add(step.Node);
        results.TryAdd(step.Key!, Succeed(step.Spec!));
    }

    public void Fail(PlannedStep step) =>
        results.TryAdd(step.Key!, Empty(step.Spec!) with { Failure = new(FailureCodes.Diverged, "The loss is NaN.", "Lower the learning rate.") });

    public void Store(StepResult result) => results[result.Key] = result;

    public void Forget(string key) => results.Remove(key);

    /// <summary>Plans and runs in plan order until nothing is ready.</summary>
    public Plan RunToEnd(Recipe recipe, Func<PlannedStep, bool>? fails = null) => RunToEnd(RunGraph.Of(recipe), fails);

    /// <summary>The same for a graph.</summary>
    public Plan RunToEnd(RunGraph graph, Func<PlannedStep, bool>? fails = null)
    {
        while (true)
        {
            var plan = graph.Plan(this, Now);
            Record(plan);
            var ready = plan.Ready.ToList();
            if (ready.Count == 0) return plan;
            foreach (var step in ready)
                if (fails?.Invoke(step) == true) Fail(step);
                else Run(step);
        }
    }

    private StepResult Succeed(StepSpec spec) => Empty(spec) with
    {
        Outputs = Names(spec).ToDictionary(name => name, name => Artifact($"{StepKey.Of(spec)}/{name}")),
        Metrics = new Dictionary<string, double>
        {
            [MetricNames.ValidationAccuracy] = Fraction(spec, "validation"),
            [MetricNames.Accuracy] = Fraction(spec, "test"),
            [MetricNames.ShiftedAccuracy] = Fraction(spec, "shifted"),
            [MetricNames.NormDrop] = 0.25,
            [MetricNames.PrunedFraction] = 0.5,
            [MetricNames.Epochs] = (spec as TrainSpec)?.Epochs ?? 0,
        },
    };

    private StepResult Empty(StepSpec spec) => new()
    {
        Key = StepKey.Of(spec),
        Kind = spec.Kind,
        CompletedAt = Now,
        Seconds = 1,
        Worker = "fake",
    };

    private static string[] Names(StepSpec spec) => spec switch
    {
        PruneSpec => [OutputNames.Checkpoint, OutputNames.Mask, OutputNames.Report],
        EvaluateSpec or TimeSpec => [OutputNames.Report],
        TrainSpec { Hooks: not null } => [OutputNames.Checkpoint, OutputNames.Mask, OutputNames.Report],
        CollectSpec { Sequential.Rule.Method.Name: "sparsegpt" } => [OutputNames.Statistics, OutputNames.Solution],
        CollectSpec => [OutputNames.Statistics],
        _ => [OutputNames.Checkpoint, OutputNames.Report],
    };

    private static double Fraction(StepSpec spec, string purpose) =>
        SeedDerivation.Derive(0, $"{StepKey.Of(spec)}/{purpose}") % 1000 / 1000.0;

    private static ArtifactRef Artifact(string content) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))), content.Length, ArtifactFormats.Safetensors);
}
