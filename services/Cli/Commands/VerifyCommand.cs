using System.CommandLine;
using SparsePipeline.Checkpoints;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>verify FILE</c>: is the file whole, finite, the one it should be, and zero where its mask says so?</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "A checkpoint, the index of a sharded one, a packed checkpoint or a mask." };

    private static readonly Option<string?> Mask = new("--mask") { Description = "Every position this mask prunes must be exactly zero.", HelpName = "FILE" };

    private static readonly Option<string?> Digest = new("--digest") { Description = "SHA-256 the file's bytes must have.", HelpName = "SHA256" };

    public static Command Create() => new CommandWithExamples(
        "verify",
        "Check a file: header and offsets, no NaN or infinity, its digest, and exact zeros under a mask. Exit code 3 when a check fails.",
        "sparsepipe verify soup.safetensors --mask soup.mask.safetensors",
        "sparsepipe verify soup.safetensors --digest 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
    {
        File, Mask, Digest,
    }.Handle(Run);

    private static int Run(Invocation invocation)
    {
        var report = CheckpointInspector.Verify(invocation.Required(File), invocation.Value(Mask), invocation.Value(Digest));
        invocation.Answer(report);
        foreach (var check in report.Checks)
            invocation.Say($"{(check.Passed ? "ok  " : "FAIL")} {check.Name}: {check.Detail}{(check.Remedy is { } remedy ? $" {remedy}" : "")}");
        return report.Passed ? ExitCodes.Ok : ExitCodes.RefusedInput;
    }
}
