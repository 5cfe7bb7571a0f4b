namespace SparsePipeline.Contracts;

/// <summary>
/// Thrown by algorithms for input they refuse. The step worker turns it into a failed result with the same code,
/// reason and remedy; the command line prints it. It is never retried.
/// </summary>
/// <param name="code">One of <see cref="FailureCodes"/>.</param>
/// <param name="reason">What was found, naming the field and the value.</param>
/// <param name="remedy">What the user can do.</param>
public sealed class DomainException(string code, string reason, string remedy) : Exception($"{reason} {remedy}")
{
    /// <summary>The failure as stored in a step result.</summary>
    public StepFailure Failure { get; } = new(code, reason, remedy);
}
