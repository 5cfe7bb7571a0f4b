namespace SparsePipeline.Chaos.Processes;

/// <summary>A replica of a service to be started.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Program">Executable.</param>
/// <param name="Settings">Settings beyond those all replicas share.</param>
/// <param name="HasOwnClock">Whether its clock can be changed, which costs it several times the processor time.</param>
internal sealed record ReplicaPlan(string Name, string Program, IReadOnlyDictionary<string, string> Settings, bool HasOwnClock = false)
{
    public static ReplicaPlan Of(string name, string program, params (string Key, string Value)[] settings) =>
        new(name, "SparsePipeline." + program, settings.ToDictionary(s => s.Key, s => s.Value));

    /// <summary>Two trainers, one of which passes its slices on early and lives by a clock of its own, and one of each other.</summary>
    public static readonly ReplicaPlan[] Usual =
    [
        Of("trainer-1", "Trainer", ("Slices__BudgetSeconds", "600")),
        Of("trainer-2", "Trainer", ("Slices__BudgetSeconds", "1")) with { HasOwnClock = true },
        Of("pruner-1", "Pruner"),
        Of("souper-1", "Souper"),
        Of("evaluator-1", "Evaluator"),
    ];
}
