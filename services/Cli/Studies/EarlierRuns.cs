using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Studies;

/// <summary>
/// Runs that an earlier report of a study tells of, so that a study may be computed in parts, on machines that share no store: weights are
/// large and stay there, figures are small.
/// </summary>
/// <param name="Runs">By id: a run's id is the hash of its recipe, so what is found is what was asked for.</param>
/// <param name="ComputeSeconds">Time of all steps of the earlier report together.</param>
/// <param name="Sizes">Of the network and the data; null when it does not say.</param>
internal sealed record EarlierRuns(IReadOnlyDictionary<string, StudyRunReport> Runs, double ComputeSeconds, StudySizes? Sizes)
{
    /// <summary>None.</summary>
    public static EarlierRuns None { get; } = new(new Dictionary<string, StudyRunReport>(StringComparer.Ordinal), 0, null);

    /// <summary>Reads <c>NAME/study.json</c> in the folder; none when there is no such file. Runs that failed, or that do not say when they ended, are not taken.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: the folder is missing, or the file is no report of a study.</exception>
    public static async Task<EarlierRuns> ReadAsync(string folder, string study, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            throw new DomainException(FailureCodes.InvalidOption, $"--earlier {folder} does not exist.", "Give the --output folder of an earlier call, or leave it out.");
        var file = Path.Combine(folder, study, StudyFiles.Json);
        if (!File.Exists(file))
            return None;
        try
        {
            await using var stream = File.OpenRead(file);
            var report = await JsonSerializer.DeserializeAsync<StudyReport>(stream, ContractJson.Options, cancellationToken)
                ?? throw new JsonException("The file holds null.");
            var runs = from run in report.Grids.SelectMany(g => g.Cells).SelectMany(c => c.Runs).DistinctBy(r => r.RunId)
                       where run.Failure is null && run.FinishedAt is not null
                       select run with { TakenFrom = run.TakenFrom ?? report.Machine };
            return new(runs.ToDictionary(r => r.RunId, StringComparer.Ordinal), report.ComputeSeconds, report.Sizes);
        }
        catch (JsonException wrong)
        {
            throw new DomainException(
                FailureCodes.InvalidOption, $"--earlier: {file} is no report of a study: {wrong.Message}", "Give a folder that this version's 'study --output' wrote, or leave it out.");
        }
    }
}
