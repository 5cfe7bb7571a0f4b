namespace SparsePipeline.Contracts;

/// <summary>The kinds of step there are.</summary>
public static class StepKinds
{
    public const string Train = "train";
    public const string Collect = "collect";
    public const string Prune = "prune";
    public const string Soup = "soup";
    public const string Evaluate = "evaluate";
    public const string Time = "time";

    /// <summary>All kinds, in the order a cycle runs them. A new kind is a line here; whatever lists kinds, their queues or their services reads this.</summary>
    public static IReadOnlyList<StepKindInfo> Infos { get; } =
    [
        TrainSpec.Info,
        CollectSpec.Info,
        PruneSpec.Info,
        SoupSpec.Info,
        EvaluateSpec.Info,
        TimeSpec.Info,
    ];

    /// <summary>Names of all kinds.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Infos.Select(kind => kind.Name)];

    /// <summary>Names of the services that compute steps, each once.</summary>
    public static IReadOnlyList<string> Services { get; } = [.. Infos.Select(kind => kind.Service).Distinct(StringComparer.Ordinal)];

    /// <summary>The kind of that name; null when this version knows none.</summary>
    public static StepKindInfo? Find(string name) => Infos.FirstOrDefault(kind => kind.Name == name);
}
