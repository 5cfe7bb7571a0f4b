using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Reports.Building;

/// <summary>Reads the JSON reports that steps have stored.</summary>
internal sealed class ReportReader(IArtifactStore artifacts)
{
    /// <summary>The report of a finished step, or null while it has none.</summary>
    public async Task<T?> ReadAsync<T>(PlannedStep? step, CancellationToken cancellationToken)
        where T : class
    {
        if (step is not { State: StepState.Done, Result: { } result } || !result.Outputs.TryGetValue(OutputNames.Report, out var reference))
            return null;
        var file = await artifacts.FetchAsync(reference, cancellationToken);
        await using var stream = File.OpenRead(file);
        return await JsonSerializer.DeserializeAsync<T>(stream, ContractJson.Options, cancellationToken);
    }
}
