using SparsePipeline.Contracts;

namespace SparsePipeline.Cli;

/// <summary>What the process's exit code says; documented in docs/cli.md.</summary>
public static class ExitCodes
{
    /// <summary>Everything asked for was done.</summary>
    public const int Ok = 0;

    /// <summary>A run or one of its steps failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the recipe is not valid; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>An input file was refused: missing, corrupt, of another structure, or not what it was said to be.</summary>
    public const int RefusedInput = 3;

    /// <summary>The machine or the store is at fault: disk, permissions, libtorch, a runner that died.</summary>
    public const int Environment = 4;

    /// <summary>A defect of this program.</summary>
    public const int Defect = 70;

    /// <summary>Ended by Ctrl-C or SIGTERM.</summary>
    public const int Cancelled = 130;

    /// <summary>All codes with their meaning, for the documentation.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Ok, "everything asked for was done"),
        (Failed, "a run or one of its steps failed; the reason is on standard error and in the report"),
        (Usage, "the command line or the recipe is not valid; nothing was started"),
        (RefusedInput, "an input file was refused: missing, corrupt, of another structure, or not what it was said to be"),
        (Environment, "the machine or the store is at fault: disk, permissions, libtorch, a runner that died; `sparsepipe doctor` says more"),
        (Defect, "a defect of this program; the message says what to report"),
        (Cancelled, "ended by Ctrl-C, SIGTERM or `sparsepipe runs cancel`; the same command resumes"),
    ];

    /// <summary>The code for a domain failure outside a run.</summary>
    public static int Of(StepFailure failure) => failure.Code switch
    {
        FailureCodes.UnknownMethod or FailureCodes.InvalidOption or FailureCodes.UnreachableSparsity => Usage,
        FailureCodes.RunnerCrashed => Environment,
        FailureCodes.Diverged => Failed,
        _ => RefusedInput,
    };
}
