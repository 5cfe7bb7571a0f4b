using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Answers the planner from what is known and remembers what was not, so that it can be looked up before planning again.</summary>
internal sealed class PlanLookup(string runId, ResultCache known) : IPlanLookup
{
    private readonly HashSet<string> _missingResults = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missingChoices = new(StringComparer.Ordinal);

    public StepResult? Result(string stepKey)
    {
        var result = known.Known(stepKey);
        if (result is null)
            _missingResults.Add(stepKey);
        return result;
    }

    public IReadOnlyList<string>? Choice(string node)
    {
        var choice = known.KnownChoice(runId, node);
        if (choice is null)
            _missingChoices.Add(node);
        return choice;
    }

    /// <summary>Looks up what was asked for and not known; true when something was found, so that planning again tells more.</summary>
    public async Task<bool> FindMissingAsync(CancellationToken cancellationToken)
    {
        var found = false;
        foreach (var key in _missingResults)
            found |= await known.FindAsync(key, cancellationToken);
        foreach (var node in _missingChoices)
            found |= await known.FindChoiceAsync(runId, node, cancellationToken);
        return found;
    }
}
