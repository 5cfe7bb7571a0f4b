using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Planning;

/// <summary>Pruners, spreads over layers, structures and sparsities that do not go together.</summary>
internal static class SparsificationRules
{
    private const string Method = "sparsification.method";
    private const string Allocation = "sparsification.allocation";
    private const string Structure = "sparsification.structure";
    private const string Schedule = "sparsification.schedule";
    private const string Layers = "sparsification.layers";
    private static readonly SparsificationRecipe Standard = new() { Sparsity = 0 };

    /// <summary>The schedule whose every cycle has the whole sparsity.</summary>
    private static string AllAtOnce => SparsitySchedules.Registry.All.First(schedule => schedule.Levels(0.5, 2)[0] == 0.5).Info.Name;

    public static void Apply(RecipeDraft draft)
    {
        if (Pruner(draft) is not { } pruner || !draft.TryValue(Allocation, pruner.Allocation, out var allocation)) return;
        if (Allocations.Find(allocation).ProblemWith(pruner) is { } problem)
            draft.Refuse(
                Allocation, $"The allocation {problem}.", $"Remove it for the pruner's own, '{pruner.Allocation}', or use another pruner.");
        if (draft.IsGiven(Structure) && draft.TryValue(Structure, "", out var structure))
            CheckStructure(draft, Structures.Find(structure), pruner, Allocations.Find(allocation));
    }

    private static void CheckStructure(RecipeDraft draft, IStructure structure, IPruner pruner, IAllocation allocation)
    {
        if (!draft.TryValue("sparsification.sparsity", 0.0, out var sparsity)
            || !draft.TryValue("sparsification.cycles", Standard.Cycles, out var cycles)
            || !draft.TryValue(Schedule, Standard.Schedule, out var schedule)
            || !draft.TryValue<Dictionary<string, double>>(Layers, [], out var layers))
            return;
        var problems = layers.Values.Prepend(sparsity).SelectMany(s => SparsitySchedules.Find(schedule).Levels(s, cycles))
            .Select(level => StructureFit.Problem(structure, pruner, allocation, level));
        if (problems.OfType<string>().FirstOrDefault() is { } problem)
            draft.Refuse(
                Structure,
                $"The structure {problem}.",
                structure.Density is { } density && !allocation.Info.Traits.HasFlag(MethodTraits.OwnDensities) && !pruner.Info.Traits.HasFlag(MethodTraits.Idle)
                    ? $"Set sparsity to {1 - density} and {Schedule} to '{AllAtOnce}', or use '{MethodDefaults.Structure}'."
                    : $"Change the one or the other, or use '{MethodDefaults.Structure}'.");
    }

    /// <summary>Null when the recipe names one that there is not, which was reported.</summary>
    private static IPruner? Pruner(RecipeDraft draft) => draft.IsGiven(Method)
        ? draft.MethodName(Method) is { } name ? Pruners.Registry.Find(name) : null
        : Pruners.Registry.Find(Standard.Method);
}
