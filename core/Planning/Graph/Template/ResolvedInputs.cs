using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>What the references of one spec stand for in one plan.</summary>
/// <param name="steps">The steps that are planned already, by node.</param>
/// <param name="gate">Names of the members the gate may leave out; empty without a gate.</param>
/// <param name="members">Those it admitted.</param>
internal readonly struct ResolvedInputs(IReadOnlyDictionary<string, PlannedStep> steps, IReadOnlyList<string> gate, IReadOnlyList<PlannedStep> members)
{
    public int Admitted => members.Count;

    public bool IsPartial => members.Count < gate.Count;

    public bool IsLeftOut(string node)
    {
        if (!IsPartial || !gate.Contains(node)) return false;
        foreach (var member in members)
            if (member.Node == node) return false;
        return true;
    }

    public StepResult Result(string node) => steps[node].Result!;

    public StepResult Member(int index) => members[index].Result!;
}
