using SparsePipeline.Contracts;
using SparsePipeline.Learning;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Html;
using SparsePipeline.Sparsification;

namespace SparsePipeline.Reporting.Tests;

/// <summary>A run of three cycles with five candidates, with numbers one can recognise.</summary>
internal static class SampleReport
{
    public static readonly double[] Sparsities = [0.7286, 0.9263, 0.98];

    /// <summary>The methods there are: the settings of a page are theirs.</summary>
    public static readonly MethodCatalog Catalog = new([.. SparsificationMethods.All, .. LearningMethods.All, .. PlanningMethods.All]);

    /// <summary>The report as a page.</summary>
    public static string Page(RunReport report) => ReportPage.Render(report, Catalog);

    public static RunReport Create(double gain = 0.01, string name = "sms-digits") => new()
    {
        RunId = $"{name}-0123456789ab",
        Recipe = CreateRecipe(name),
        WallSeconds = 83.4,
        Machine = "4 cores, Linux, .NET 10",
        Command = $"sparsepipe run {name}.yaml",
        Steps = [.. Steps()],
        Cycles = [.. Sparsities.Select((s, i) => Cycle(i + 1, s, gain))],
        Baselines = [.. Baselines()],
    };

    public static Recipe CreateRecipe(string name = "sms-digits") => new()
    {
        Name = name,
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Pretraining = new PretrainingRecipe { Epochs = 30, LearningRate = 0.1 },
        Sparsification = new SparsificationRecipe { Sparsity = 0.98 },
        Retraining = new RetrainingRecipe { Epochs = 10, Candidates = 5 },
    };

    /// <summary>The same under fog (80 and 70 %) and jpeg (50 and 40 %), severities 1 and 2.</summary>
    public static ReportedBaseline Corrupted(ReportedBaseline baseline) => baseline with
    {
        Evaluation = baseline.Evaluation! with
        {
            Corruptions =
            [
                new CorruptionReport { Name = "fog", Severities = [new(1, SampleEvaluation.Split(0.8, 400)), new(2, SampleEvaluation.Split(0.7, 400))] },
                new CorruptionReport { Name = "jpeg", Severities = [new(1, SampleEvaluation.Split(0.5, 400)), new(2, SampleEvaluation.Split(0.4, 400))] },
            ],
        },
    };

    /// <summary>The same with the last soup a dead layer, a tenth of its bytes and timed.</summary>
    public static RunReport Compressed(RunReport report)
    {
        var last = report.Cycles[^1];
        var evaluation = last.Soup.Evaluation with
        {
            Compression = new CompressionReport { Layers = [], Alarms = ["Layer 'head' is dead."], Exports = new ExportSizes(10_000, 800, 400) },
            Latency = new LatencyReport("4 cores", 1, 1, [new LayerLatency("head", 100, 2, 30e-6, 10e-6, 1e-6)]),
        };
        return report with { Cycles = [.. report.Cycles.SkipLast(1), last with { Soup = last.Soup with { Evaluation = evaluation } }] };
    }

    private static ReportedCycle Cycle(int cycle, double sparsity, double gain)
    {
        var accuracies = Enumerable.Range(0, 5).Select(i => 0.96 - (0.015 * cycle) + (0.002 * i)).ToList();
        return new ReportedCycle
        {
            Cycle = cycle,
            Sparsity = sparsity,
            GlobalSparsity = sparsity * 0.99,
            Epochs = 50 * cycle,
            Soup = Model(accuracies.Average() + gain, cycle * 100),
            Candidates = [.. accuracies.Select((a, i) => Model(a, (cycle * 100) + i + 1))],
            Prune = Prune(sparsity),
            Admission = Admission(accuracies, gain),
        };
    }

    private static ReportedModel Model(double accuracy, int digest) => new()
    {
        Digest = digest.ToString("x64"),
        Accuracy = accuracy,
        ShiftedAccuracy = accuracy - 0.12,
        ValidationAccuracy = accuracy + 0.004,
        Evaluation = SampleEvaluation.Of(accuracy),
    };

    public static PruneReport Prune(double sparsity) => new()
    {
        StructureDigest = new string('a', 64),
        MaskDigest = new string('b', 64),
        Sparsity = sparsity,
        GlobalSparsity = sparsity * 0.99,
        PrunedFraction = 0.7286,
        NormDrop = 0.2,
        Layers = [Layer("hidden.0.weight", 8192, 1 - sparsity), Layer("hidden.1.weight", 8192, (1 - sparsity) / 2), Layer("head.weight", 640, Math.Min(1, 8 * (1 - sparsity)))],
    };

    private static LayerDensity Layer(string name, long total, double density) => new(name, (long)(total * density), total);

    public static SoupReport Admission(List<double> accuracies, double gain)
    {
        var square = Enumerable.Range(0, 5).Select(i => (IReadOnlyList<double>)[.. Enumerable.Range(0, 5).Select(j => i == j ? 0 : 2.0 + (0.1 * (i + j)))]).ToList();
        return new SoupReport
        {
            Members = [4, 3, 2, 1, 0],
            Distances = square,
            Angles = square,
            LossLines = [.. from a in Enumerable.Range(0, 5) from b in Enumerable.Range(a + 1, 4 - a) select Line(a, b)],
            ValidationAccuracy = accuracies.Average() + gain,
            MeanCandidateValidationAccuracy = accuracies.Average(),
            BestCandidateValidationAccuracy = accuracies.Max(),
            Verdict = "Better than its mean candidate by 1.0 points: the candidates lie in one basin.",
        };
    }

    private static LossLine Line(int a, int b)
    {
        double[] positions = [0, 0.25, 0.5, 0.75, 1];
        return new LossLine(a, b, positions, [.. positions.Select(t => 0.2 + (0.01 * a * (1 - t)) + (0.01 * b * t) - (0.05 * t * (1 - t)))], 0);
    }

    private static IEnumerable<ReportedBaseline> Baselines()
    {
        yield return Baseline("dense", 0.972, 0, 0, []);
        yield return Baseline("imp", 0.921, 0.98, 30, [0.95, 0.94, 0.921]);
        yield return Baseline("imp-longer", 0.927, 0.98, 150, [0.953, 0.944, 0.927]);
        yield return Baseline("mean-candidate", 0.919, 0.98, 150, [0.949, 0.934, 0.919]);
        yield return Baseline("best-candidate", 0.923, 0.98, 150, [0.953, 0.938, 0.923]);
    }

    private static ReportedBaseline Baseline(string name, double accuracy, double sparsity, int epochs, double[] cycles) => new()
    {
        Name = name,
        Accuracy = accuracy,
        ShiftedAccuracy = accuracy - 0.13,
        Sparsity = sparsity,
        GlobalSparsity = sparsity * 0.99,
        Epochs = epochs,
        CycleAccuracies = cycles,
        CycleShiftedAccuracies = [.. cycles.Select(c => c - 0.13)],
        Evaluation = name == "mean-candidate" ? null : SampleEvaluation.Of(accuracy),
    };

    private static IEnumerable<ReportedStep> Steps()
    {
        yield return Step("dense", StepKinds.Train, cached: true);
        yield return Step("dense/evaluation", StepKinds.Evaluate, cached: true, "dense");
        var start = "dense";
        for (var cycle = 1; cycle <= 3; cycle++)
        {
            var cut = $"cycle-{cycle}/prune";
            yield return Step(cut, StepKinds.Prune, cached: false, start);
            var candidates = Enumerable.Range(0, 5).Select(i => $"cycle-{cycle}/candidate-{i}").ToArray();
            foreach (var candidate in candidates)
            {
                yield return Step(candidate, StepKinds.Train, cached: false, cut, "dense");
                yield return Step($"{candidate}/evaluation", StepKinds.Evaluate, cached: false, candidate);
            }

            start = $"cycle-{cycle}/soup";
            yield return Step(start, StepKinds.Soup, cached: false, candidates);
            yield return Step($"{start}/evaluation", StepKinds.Evaluate, cached: false, start);
        }
    }

    private static ReportedStep Step(string node, string kind, bool cached, params string[] needs) => new()
    {
        Key = new string('c', 64),
        Kind = kind,
        Node = node,
        DependsOn = needs,
        Cached = cached,
        Seconds = kind == StepKinds.Train ? 4.21 : 0.13,
    };
}
