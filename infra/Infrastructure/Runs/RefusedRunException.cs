using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>A run that was not begun, because some of its steps would fail.</summary>
public sealed class RefusedRunException(IReadOnlyList<StepFailure> problems)
    : Exception(string.Join(Environment.NewLine, problems.Select(p => $"{p.Reason} {p.Remedy}")))
{
    /// <summary>All of them; at least one.</summary>
    public IReadOnlyList<StepFailure> Problems => problems;
}
