using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Methods;

/// <summary>Holds a model against the task it is to do.</summary>
internal static class ModelTaskCheck
{
    /// <exception cref="DomainException">The model is made for another task.</exception>
    public static void Run(MethodInfo model, MethodInfo task)
    {
        if (model.Task is { } made && made != task.Name)
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"The model '{model.Name}' is made for the task '{made}', and the task is '{task.Name}'.",
                $"Set task to {made}, or use another model.");
    }
}
