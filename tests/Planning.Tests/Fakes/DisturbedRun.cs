using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

/// <summary>
/// A run on a bad day: planning happens when an event happens to arrive, commands are duplicated, delayed, reordered or
/// lost, workers die after the claim. Checks on the way that no node changes its key and that nothing done is undone.
/// </summary>
internal sealed class DisturbedRun(Recipe recipe, Func<PlannedStep, bool> fails)
{
    private readonly FakeWorld _world = new();
    private readonly RunGraph _graph = RunGraph.Of(recipe);
    private readonly List<PlannedStep> _commands = [];
    private readonly Dictionary<string, string> _keys = [];
    private HashSet<string> _settled = [];

    /// <summary>Lets chance do its worst, then nudges until nothing is ready.</summary>
    public Plan Run(int[] chances)
    {
        foreach (var chance in chances) Disturb(chance);
        var plan = PlanAndCheck();
        while (plan.Ready.Any())
        {
            Execute(plan.Ready.First());
            plan = PlanAndCheck();
        }

        return plan;
    }

    private void Disturb(int chance)
    {
        var pick = chance / 8;
        switch (chance % 8)
        {
            case 0 or 1 or 2 when _commands.Count > 0: Execute(Take(pick % _commands.Count)); break;
            case 3 when _commands.Count > 0: Execute(_commands[pick % _commands.Count]); break;
            case 4 when _commands.Count > 0: Take(pick % _commands.Count); break;
            case 5: _world.Now += TimeSpan.FromMinutes(pick % 10); break;
            default: Send(pick); break;
        }
    }

    private void Send(int pick)
    {
        List<PlannedStep> ready = [.. PlanAndCheck().Ready];
        if (ready.Count > 0) _commands.Add(ready[pick % ready.Count]);
    }

    private PlannedStep Take(int index)
    {
        var command = _commands[index];
        _commands.RemoveAt(index);
        return command;
    }

    private void Execute(PlannedStep step)
    {
        if (fails(step)) _world.Fail(step);
        else _world.Run(step);
    }

    private Plan PlanAndCheck()
    {
        var plan = _graph.Plan(_world, _world.Now);
        _world.Record(plan);
        foreach (var step in plan.Steps.Where(s => s.Key is not null))
            if (!_keys.TryAdd(step.Node, step.Key!)) _keys[step.Node].ShouldBe(step.Key, $"{step.Node} changed its key");
        var settled = plan.Steps.Where(s => s.State is StepState.Done or StepState.Failed).Select(s => s.Node).ToHashSet();
        _settled.ShouldBeSubsetOf(settled);
        _settled = settled;
        return plan;
    }
}
