using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Reports.Building;

/// <summary>Reads the JSON reports that steps have stored.</summary>
internal sealed class ReportReader(IArtifactStore artifacts)
{
    /// <summary>The report of a finished step, or null while it has none.</summary>
    public Task<T?> ReadAsync<T>(PlannedStep? step, CancellationToken cancellationToken)
        where T : class => ReadAsync<T>(step, OutputNames.Report, cancellationToken);

    /// <summary>Another JSON document of a finished step, or null while it has none.</summary>
    public async Task<T?> ReadAsync<T>(PlannedStep? step, string output, CancellationToken cancellationToken)
        where T : class
    {
        return step is { State: StepState.Done, Result: { } result } && result.Outputs.TryGetValue(output, out var reference)
            ? await StoredJson.ReadAsync<T>(artifacts, reference, cancellationToken)
            : null;
    }
}
