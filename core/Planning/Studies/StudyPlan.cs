using System.Security.Cryptography;
using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// The steps of many runs as one plan, each step once although several runs need it. Keys of steps whose inputs do not exist yet are
/// found out by going on with imagined results, which are equal exactly where real ones will be.
/// </summary>
/// <remarks>Built once and combined often: what was planned keeps its keys. Not safe for concurrent use.</remarks>
public sealed class StudyPlan
{
    private readonly List<(string RunId, RunGraph Graph, string? Measure)> _runs;

    /// <param name="recipes">Recipes that <see cref="RunGraph.Of"/> accepts.</param>
    public StudyPlan(IEnumerable<Recipe> recipes) => _runs = [.. recipes.Select(r => (RunId.Of(r), RunGraph.Of(r), r.Measure?.Name))];

    /// <summary>Where all runs stand. Nodes are called after the first run that has them: <c>runId/node</c>.</summary>
    /// <param name="known">Real results by step key.</param>
    /// <param name="now">Decides only whether deadlines of soups have passed.</param>
    public Plan Combine(IReadOnlyDictionary<string, StepResult> known, DateTimeOffset now)
    {
        var steps = new Dictionary<string, PlannedStep>(StringComparer.Ordinal);
        foreach (var (runId, graph, measure) in _runs)
        {
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            var plan = Imagine(graph, measure, known, now);
            foreach (var step in plan.Steps)
            {
                // A step that cannot be reached has no key; it belongs to its run alone.
                var key = step.Key ?? $"{runId}/{step.Node}";
                var named = Named(step, runId, names, IsReal(step, known), plan.Failure is null);
                if (!steps.TryGetValue(key, out var shared) || (shared.State == StepState.Unreachable && named.State != StepState.Unreachable))
                    steps[key] = shared = shared is null ? named : shared with { State = named.State };
                names[step.Node] = shared.Node;
            }
        }

        return new Plan { Steps = [.. steps.Values], Choices = [] };
    }

    private static bool IsReal(PlannedStep step, IReadOnlyDictionary<string, StepResult> known) => step.Key is null || known.ContainsKey(step.Key);

    // A run that cannot finish starts nothing more.
    private static PlannedStep Named(PlannedStep step, string runId, Dictionary<string, string> names, bool isReal, bool goesOn) => step with
    {
        Node = $"{runId}/{step.Node}",
        DependsOn = [.. step.DependsOn.Select(d => names[d])],
        State = isReal ? step.State : goesOn ? StepState.Waiting : StepState.Unreachable,
        Result = isReal ? step.Result : null,
    };

    private static Plan Imagine(RunGraph graph, string? measure, IReadOnlyDictionary<string, StepResult> known, DateTimeOffset now)
    {
        var lookup = new ImaginedResults(known, measure);
        while (true)
        {
            var plan = graph.Plan(lookup, now);
            var news = plan.Steps.Where(s => s.State == StepState.Ready).ToList();
            if (news.Count == 0) return plan;
            foreach (var step in news) lookup.Imagine(step, now);
        }
    }

    private sealed class ImaginedResults(IReadOnlyDictionary<string, StepResult> known, string? measure) : IPlanLookup
    {
        // Enough for whatever a later step reads; none of it is ever shown.
        private static readonly string[] Names = [OutputNames.Checkpoint, OutputNames.Mask, OutputNames.Report];
        private static readonly string[] Metrics =
            [MetricNames.ValidationAccuracy, MetricNames.Accuracy, MetricNames.NormDrop, MetricNames.PrunedFraction, MetricNames.Sparsity];

        private readonly Dictionary<string, StepResult> _imagined = new(StringComparer.Ordinal);

        public StepResult? Result(string stepKey) => known.GetValueOrDefault(stepKey) ?? _imagined.GetValueOrDefault(stepKey);

        public IReadOnlyList<string>? Choice(string node) => null;

        public void Imagine(PlannedStep step, DateTimeOffset now) => _imagined[step.Key!] = new StepResult
        {
            Key = step.Key!,
            Kind = step.Kind,
            CompletedAt = now,
            Seconds = 0,
            Worker = "",
            Outputs = Names.ToDictionary(n => n, n => Artifact($"{step.Key}/{n}"), StringComparer.Ordinal),
            Metrics = Metrics.Append(MetricNames.OnValidation(measure)).Distinct(StringComparer.Ordinal).ToDictionary(m => m, _ => 0.5, StringComparer.Ordinal),
        };

        private static ArtifactRef Artifact(string name) =>
            new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))), 1, ArtifactFormats.Safetensors);
    }
}
