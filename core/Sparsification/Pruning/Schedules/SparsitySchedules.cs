using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>The registered sparsity schedules. A new one is a class here and a line in this list.</summary>
public static class SparsitySchedules
{
    public static MethodRegistry<ISparsitySchedule> Registry { get; } = new(
        MethodAxes.SparsitySchedule, new GeometricSchedule(), new OneShotSchedule(), new LinearSchedule(), new CubicSchedule());

    /// <inheritdoc cref="MethodRegistry{T}.Find(string)"/>
    public static ISparsitySchedule Find(string name) => Registry.Find(name);
}
