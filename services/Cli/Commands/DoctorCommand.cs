using System.CommandLine;
using SparsePipeline.Cli.Doctor;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>doctor</c>: can this machine run a recipe?</summary>
internal static class DoctorCommand
{
    public static Command Create() => new CommandWithExamples(
        "doctor",
        "Check runtime, C library, cores, memory, disk, store, a few artifacts drawn by chance and libtorch (by training a tiny network in a runner); with a --profile also its bucket, its broker, its workers and the clocks. Exit code 4 when something is wrong.",
        "sparsepipe doctor",
        "sparsepipe doctor --profile distributed",
        "sparsepipe doctor --store /data/sparsepipe --json").Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        await foreach (var finding in Examination.RunAsync(invocation.Settings, cancellationToken))
        {
            findings.Add(finding);
            invocation.Say($"{(finding.IsGood ? "ok  " : "FAIL")} {finding.Subject}: {finding.Detail}{(finding.IsGood ? "" : $" {finding.Remedy}")}");
        }

        invocation.Answer(findings);
        return findings.TrueForAll(f => f.IsGood) ? ExitCodes.Ok : ExitCodes.Environment;
    }
}
