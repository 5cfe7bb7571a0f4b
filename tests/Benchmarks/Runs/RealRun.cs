using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Learning.Data;
using SparsePipeline.Planning;
using SparsePipeline.Standalone;

namespace SparsePipeline.Benchmarks;

/// <summary>A real embedded run over the digits data set, in a fresh store and with warm runners.</summary>
internal static class RealRun
{
    /// <summary>Runs <paramref name="recipe"/>; what it takes to start runners and load libtorch is not in its wall clock.</summary>
    public static async Task<RunOutcome> MeasureAsync(Recipe recipe, int runners, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("sparsepipeline-bench-");
        try
        {
            var options = new EmbeddedOptions { StoreFolder = folder.FullName, Runners = runners };
            await using var pipeline = await EmbeddedPipeline.StartAsync(options, cancellationToken);
            // Another seed, so that nothing but the runners is shared; as many candidates as runners, so that all of them start.
            await pipeline.RunAsync(Digits(seed: recipe.Seed + 1, runners, epochs: 1), Silence.Instance, cancellationToken);
            var outcome = await pipeline.RunAsync(recipe, Silence.Instance, cancellationToken);
            return outcome.Plan.Finished ? outcome : throw new InvalidOperationException($"The run failed: {outcome.Plan.Failure?.Reason}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>An observer who does not look.</summary>
    public static IRunObserver Nobody => Silence.Instance;

    /// <summary>Seconds from the first candidate's start to the last one's end.</summary>
    public static double SpanOfCandidates(RunOutcome outcome)
    {
        var candidates = outcome.Plan.Steps.Where(s => s.Kind == StepKinds.Train && s.DependsOn.Count > 0).Select(s => s.Result!).ToList();
        return (candidates.Max(c => c.CompletedAt) - candidates.Min(c => c.CompletedAt - TimeSpan.FromSeconds(c.Seconds))).TotalSeconds;
    }

    /// <summary>One cycle with candidates of the given length.</summary>
    public static Recipe Digits(long seed, int candidates, int epochs, int cycles = 1)
    {
        var data = new DataSpec { Name = "digits" };
        var hidden = new MethodOptions { ["hidden"] = JsonSerializer.SerializeToElement(new[] { 512, 512 }) };
        return new Recipe
        {
            Name = "bench",
            Seed = seed,
            Model = new ModelSpec { Name = "mlp", Options = hidden },
            Data = data with { Digest = DataSets.Digest(data) },
            Pretraining = new PretrainingRecipe { Epochs = epochs, LearningRate = 0.05 },
            Sparsification = new SparsificationRecipe { Sparsity = 0.9, Cycles = cycles },
            Retraining = new RetrainingRecipe { Epochs = epochs, Candidates = candidates },
            Evaluation = new EvaluationRecipe { Baselines = [] },
        };
    }

    private sealed class Silence : IRunObserver
    {
        public static Silence Instance { get; } = new();

        public void Planned(string runId, Plan plan)
        {
        }

        public void Started(StepStarted started)
        {
        }

        public void Progressed(StepProgressed progressed)
        {
        }

        public void Failed(StepFailed failed)
        {
        }
    }
}
