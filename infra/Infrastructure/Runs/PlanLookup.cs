using System.Collections.Concurrent;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Answers the planner for one planning and remembers what was not known, so that it can be looked up before the next pass.</summary>
/// <param name="runId">Whose choices.</param>
/// <param name="known">What this process has seen.</param>
/// <param name="fresh">Believe only what is in the store now.</param>
internal sealed class PlanLookup(string runId, ResultCache known, bool fresh) : IPlanLookup
{
    private const int AtOnce = 8;

    // What one planning has seen stays, whatever the cache forgets meanwhile: passes could go on for ever otherwise.
    private readonly ConcurrentDictionary<string, StepResult> _results = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _choices = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missingResults = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missingChoices = new(StringComparer.Ordinal);
    private readonly HashSet<string> _absent = new(StringComparer.Ordinal);

    public StepResult? Result(string stepKey)
    {
        if (_results.TryGetValue(stepKey, out var seen))
            return seen;
        if (!fresh && known.Known(stepKey) is { } result)
            return _results[stepKey] = result;
        _missingResults.Add(stepKey);
        return null;
    }

    public IReadOnlyList<string>? Choice(string node)
    {
        if (_choices.TryGetValue(node, out var seen))
            return seen;
        if (known.KnownChoice(runId, node) is { } choice)
            return _choices[node] = choice;
        _missingChoices.Add(node);
        return null;
    }

    /// <summary>Looks up what was asked for and not known, each once; true when something was found, so that planning again tells more.</summary>
    public async Task<bool> FindMissingAsync(CancellationToken cancellationToken)
    {
        var before = _results.Count + _choices.Count;
        var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(New(_missingResults, "result/"), limit, async (key, token) => Keep(_results, key, await known.FindAsync(key, token)));
        await Parallel.ForEachAsync(
            New(_missingChoices, "choice/"), limit, async (node, token) => Keep(_choices, node, await known.FindChoiceAsync(runId, node, token)));
        return _results.Count + _choices.Count > before;
    }

    // What was absent in an earlier pass is looked for in the next planning: its event is still to come.
    private List<string> New(HashSet<string> missing, string prefix)
    {
        var unseen = missing.Where(name => _absent.Add(prefix + name)).ToList();
        missing.Clear();
        return unseen;
    }

    private static void Keep<T>(ConcurrentDictionary<string, T> found, string name, T? value)
        where T : class
    {
        if (value is not null)
            found[name] = value;
    }
}
