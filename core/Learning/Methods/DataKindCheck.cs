using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Learning.Methods;

/// <summary>Holds a method against the data it is to work on.</summary>
internal static class DataKindCheck
{
    /// <exception cref="DomainException">The method works on another kind of data.</exception>
    public static void Run(MethodInfo method, InputShape data)
    {
        if (DataKinds.ProblemWith(method, data.Kind) is { } problem)
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"The {method.Axis} '{method.Name}' {problem} ({data}).",
                $"Leave it out or use another; 'sparsepipe methods {method.Axis}' says what each is for.");
    }
}
