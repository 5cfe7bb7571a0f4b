using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>The first cycle prunes to the target; later cycles keep the mask and only retrain.</summary>
internal sealed class OneShotSchedule : ISparsitySchedule
{
    public const string Name = "one-shot";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.SparsitySchedule,
        Name = Name,
        Title = "One shot",
        UseWhen = "Use as a baseline, or when there is time for one retraining only.",
    };

    public IReadOnlyList<double> Levels(double target, int cycles)
    {
        ScheduleArguments.Check(target, cycles);
        return [.. Enumerable.Repeat(target, cycles)];
    }
}
