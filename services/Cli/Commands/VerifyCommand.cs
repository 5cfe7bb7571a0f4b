using System.CommandLine;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Reports;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>verify FILE</c>: is the file whole, finite, the one it should be, and zero where its mask says so?</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "A .safetensors file or the index of a sharded one." };

    private static readonly Option<string?> Mask = new("--mask") { Description = "Every position this mask prunes must be exactly zero.", HelpName = "FILE" };

    private static readonly Option<string?> Digest = new("--digest") { Description = "SHA-256 the file's bytes must have.", HelpName = "SHA256" };

    public static Command Create() => new CommandWithExamples(
        "verify",
        "Check a checkpoint: header and offsets, no NaN or infinity, its digest, and exact zeros under a mask. Exit code 3 when a check fails.",
        "sparsepipe verify soup.safetensors --mask soup.mask.safetensors",
        "sparsepipe verify soup.safetensors --digest 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
    {
        File, Mask, Digest,
    }.Handle(Run);

    private static int Run(Invocation invocation)
    {
        var file = invocation.Required(File);
        using var state = StateDict.Open(file);
        var digest = ContentDigest.OfFile(file);
        EnsureDigest(file, digest, invocation.Value(Digest));
        state.EnsureFinite();
        var mask = invocation.Value(Mask) is { } path ? SparsityMask.Load(path) : null;
        if (mask is not null)
            ZeroCheck.Ensure(state, mask);
        invocation.Answer(new { File = file, Digest = digest, state.StructureDigest, MaskDigest = mask?.Digest, mask?.Sparsity });
        invocation.Say($"{file}: whole, finite{(mask is null ? "" : $", zero under its mask ({Figures.Percent(mask.Sparsity)} sparse)")}");
        invocation.Say($"  digest:    {digest}");
        invocation.Say($"  structure: {state.StructureDigest}");
        return ExitCodes.Ok;
    }

    private static void EnsureDigest(string file, string actual, string? expected)
    {
        if (expected is not null && !string.Equals(actual, expected.Trim(), StringComparison.OrdinalIgnoreCase))
            throw new DomainException(
                FailureCodes.CorruptArtifact, $"{file} has digest {actual}, not --digest {expected}.", "Fetch the file again, or correct the digest.");
    }
}
