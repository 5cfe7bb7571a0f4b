using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Tasks.Kinds;

namespace SparsePipeline.Learning.Tasks;

/// <summary>All tasks; a new one is added here.</summary>
internal static class LearningTasks
{
    public static MethodRegistry<ITask> Registry { get; } = new(
        MethodAxes.Task,
        [
            new ClassificationTask(),
            new NextTokenTask(),
            new ReconstructionTask(),
            new SparseReconstructionTask(),
            new RegressionTask(),
            new PairsTask(),
        ]);

    /// <summary>A data set for a task.</summary>
    /// <exception cref="DomainException">The task is unknown, an option is wrong, or it cannot be learnt from such data; all reasons are told at once.</exception>
    public static DataSplits Begin(MethodSpec spec, DataSplits data)
    {
        var task = Registry.Find(spec);
        var options = new OptionValues(task.Info, spec.Options);
        var problems = new[] { DataKinds.ProblemWith(task.Info, data.Shape.Kind), TargetKinds.ProblemWith(task.Info, data.Training.Targets) }.OfType<string>().ToList();
        if (problems.Count > 0)
            throw new DomainException(
                FailureCodes.InvalidOption, $"The task '{task.Info.Name}' {string.Join(", and ", problems)}.", "Use another task or other data; 'sparsepipe methods task' says what each is for.");
        var prepared = task.Prepare(data, options);
        return prepared with { Task = task.Begin(prepared, options) };
    }
}
