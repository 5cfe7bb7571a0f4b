using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting.Building;

/// <summary>Reads the JSON reports of steps that have finished.</summary>
internal sealed class ReportReader(IReportSource source)
{
    /// <summary>The report of a finished step, or null while it has none.</summary>
    public Task<T?> ReadAsync<T>(PlannedStep? step, CancellationToken cancellationToken)
        where T : class => ReadAsync<T>(step, OutputNames.Report, cancellationToken);

    /// <summary>Another JSON document of a finished step, or null while it has none.</summary>
    public async Task<T?> ReadAsync<T>(PlannedStep? step, string output, CancellationToken cancellationToken)
        where T : class
    {
        return step is { State: StepState.Done, Result: { } result } && result.Outputs.TryGetValue(output, out var reference)
            ? await source.ReadAsync<T>(reference, cancellationToken)
            : null;
    }
}
