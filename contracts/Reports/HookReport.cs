namespace SparsePipeline.Contracts;

/// <summary>What a hook did in a training. Nothing in here depends on the machine; seconds are metrics of the step.</summary>
/// <param name="Name">Name on the <c>hook</c> axis.</param>
/// <param name="Updates">Updates it was asked about.</param>
/// <param name="ReplacedUpdates">Updates in place of which it did something else: their gradients moved no weight.</param>
/// <param name="Figures">What else the hook says, by name.</param>
public sealed record HookReport(string Name, long Updates, long ReplacedUpdates, IReadOnlyDictionary<string, double> Figures);
