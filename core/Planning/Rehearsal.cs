using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Plays a run with results that somebody makes up: every step the run would have, in an order it could have.</summary>
public static class Rehearsal
{
    /// <summary>Goes on until no step is ready: the run has ended, or a step it cannot do without has failed.</summary>
    /// <param name="recipe">A recipe that <see cref="RunGraph.Of"/> accepts.</param>
    /// <param name="perform">Makes the result of a step, whose spec names results made before.</param>
    public static void Play(Recipe recipe, Func<PlannedStep, StepResult> perform)
    {
        var (graph, results) = (RunGraph.Of(recipe), new MadeResults());
        while (graph.Plan(results, DateTimeOffset.UnixEpoch).Ready.ToList() is { Count: > 0 } ready)
            foreach (var step in ready)
                results.Add(step.Key!, perform(step));
    }

    private sealed class MadeResults : IPlanLookup
    {
        private readonly Dictionary<string, StepResult> _results = new(StringComparer.Ordinal);

        // Equal steps of two nodes have one key, and one result.
        public void Add(string key, StepResult result) => _results[key] = result;

        public StepResult? Result(string stepKey) => _results.GetValueOrDefault(stepKey);

        public IReadOnlyList<string>? Choice(string node) => null;
    }
}
