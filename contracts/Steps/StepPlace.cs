namespace SparsePipeline.Contracts;

/// <summary>Where the work of a step is done, which decides how many steps of a kind one process takes at a time.</summary>
public enum StepPlace
{
    /// <summary>In the worker's own process, which uses all cores for one step.</summary>
    Worker,

    /// <summary>In the worker's own process, which asks runner processes for what needs libtorch; one step at a time.</summary>
    WorkerWithRunners,

    /// <summary>In a runner process; as many steps at a time as there are runners.</summary>
    Runner,
}
