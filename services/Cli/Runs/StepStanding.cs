using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Planning;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Runs;

/// <summary>Where a step of a run stands and why: what its result and its claim say, and what this version does not know of it.</summary>
/// <param name="Step">As it was planned.</param>
/// <param name="Claim">Who speaks for it; null when nobody does, or nobody need.</param>
/// <param name="Machine">Where it was measured, of what does not repeat.</param>
internal sealed record StepStanding(PlannedStep Step, ClaimStanding? Claim, string? Machine)
{
    public static async Task<StepStanding> ReadAsync(LocalStore store, PlannedStep step, CancellationToken cancellationToken) => new(
        step,
        step is { State: StepState.Ready, Key: { } key } ? await store.StepClaims.StandingAsync(key, cancellationToken) : null,
        step.Result is { Failure: null } result && StepKinds.Find(step.Kind) is { Repeats: false } ? await MachineAsync(store, result, cancellationToken) : null);

    /// <summary>After the state and the name of the step.</summary>
    public string Detail => Step.Result switch
    {
        null => Waiting,
        { Failure: { } failure } => $": {failure.Reason}",
        var result => $" ({Figures.Duration(result.Seconds)}{(Machine is null ? "" : $" on {Machine}")})",
    };

    private string Waiting => Claim switch
    {
        _ when Step.Unknown is not null => " (of another version)",
        { Holder: { } holder } => $" (held by {holder}, which was heard of at {Claim.At:u})",
        { Rests: { } reason } => $": it rests since {Claim.At:u}. {reason}",
        { IsSent: true } => $" (its command was sent at {Claim.At:u})",
        _ => "",
    };

    // The step's result is there even where its report is lost: showing a run is no check of its store.
    private static async Task<string?> MachineAsync(LocalStore store, StepResult result, CancellationToken cancellationToken)
    {
        try
        {
            return result.Outputs.TryGetValue(OutputNames.Report, out var report)
                ? (await StoredJson.ReadAsync<LatencyReport>(store.Artifacts, report, cancellationToken)).Machine
                : null;
        }
        catch (DomainException)
        {
            return null;
        }
    }
}
