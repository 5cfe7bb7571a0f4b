using System.CommandLine;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>verify [FILE]</c>: is the file whole, finite, the one it should be, and zero where its mask says so? Without a file: is the store whole?</summary>
internal static class VerifyCommand
{
    /// <summary>Its name, which is also where <c>--store</c> needs no folder.</summary>
    public const string Name = "verify";

    private static readonly Argument<string?> File = new("FILE")
    {
        Description = "A checkpoint, the index of a sharded one, a packed checkpoint or a mask. When left out, the store is verified: --store, --profile.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Mask = new("--mask") { Description = "Every position this mask prunes must be exactly zero.", HelpName = "FILE" };

    private static readonly Option<string?> Digest = new("--digest") { Description = "SHA-256 the file's bytes must have.", HelpName = "SHA256" };

    private static readonly Option<bool> Deep = new("--deep")
    {
        Description = "Of a store: read every blob and compare its SHA-256, too. Without it every blob is looked for and its size compared.",
    };

    public static Command Create() => new CommandWithExamples(
        Name,
        "Check a file: header and offsets, no NaN or infinity, its digest, and exact zeros under a mask. Without a file check the store: every blob that "
        + "anything refers to is there, has its size, and with --deep its SHA-256. Exit code 3 when a check fails.",
        "sparsepipe verify soup.safetensors --mask soup.mask.safetensors",
        "sparsepipe verify soup.safetensors --digest 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "sparsepipe verify --store",
        "sparsepipe verify --profile distributed --deep --json")
    {
        File, Mask, Digest, Deep,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var file = invocation.Value(File);
        if (file is not null && invocation.Value(Deep))
            throw new DomainException(FailureCodes.InvalidOption, "--deep is about a store, and a file is named.", "Leave one of them out: files are always read to their end.");
        if (file is null && (invocation.Value(Mask) ?? invocation.Value(Digest)) is not null)
            throw new DomainException(FailureCodes.InvalidOption, "--mask and --digest are about a file, and none is named.", "Name the file.");
        return file is null ? await VerifyStoreAsync(invocation, cancellationToken) : VerifyFile(invocation, file);
    }

    private static async Task<int> VerifyStoreAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var store = LocalStore.OpenExisting(invocation.Settings);
        var deep = invocation.Value(Deep);
        using var progress = new VerificationLines(invocation.Terminal.Error, TimeProvider.System, countBytes: deep);
        var report = await store.Verification.RunAsync(deep, progress, cancellationToken);
        invocation.Answer(report);
        StoreReportLines.Write(invocation, report);
        return report.Problems.Count == 0 ? ExitCodes.Ok : ExitCodes.RefusedInput;
    }

    private static int VerifyFile(Invocation invocation, string file)
    {
        var report = CheckpointInspector.Verify(file, invocation.Value(Mask), invocation.Value(Digest));
        invocation.Answer(report);
        foreach (var check in report.Checks)
            invocation.Say($"{(check.Passed ? "ok  " : "FAIL")} {check.Name}: {check.Detail}{(check.Remedy is { } remedy ? $" {remedy}" : "")}");
        return report.Passed ? ExitCodes.Ok : ExitCodes.RefusedInput;
    }
}
