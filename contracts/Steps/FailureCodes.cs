namespace SparsePipeline.Contracts;

/// <summary>Reasons a step can fail for good.</summary>
public static class FailureCodes
{
    public const string UnknownMethod = "unknown-method";
    public const string InvalidOption = "invalid-option";
    public const string CorruptArtifact = "corrupt-artifact";
    public const string MissingArtifact = "missing-artifact";

    /// <summary>A file is sound, but holds something else than the work needs: an adapter, a quantised checkpoint, a mask.</summary>
    public const string WrongKind = "wrong-kind";

    /// <summary>A model that came as a file cannot be trained or does not fit the data.</summary>
    public const string InvalidModel = "invalid-model";
    public const string ShapeMismatch = "shape-mismatch";
    public const string MaskMismatch = "mask-mismatch";
    public const string NotFinite = "not-finite";
    public const string Diverged = "diverged";
    public const string UnreachableSparsity = "unreachable-sparsity";
    public const string DataUnavailable = "data-unavailable";
    public const string RunnerCrashed = "runner-crashed";

    /// <summary>An artifact is larger than this installation allows.</summary>
    public const string TooLarge = "too-large";

    /// <summary>A step was given up after several exceptions, or after the deaths of several workers.</summary>
    public const string StepFaulted = "step-faulted";

    /// <summary>Of a run, never of a result: what is stored as its recipe does not hash to its id.</summary>
    public const string ForeignRecipe = "foreign-recipe";

    /// <summary>Of a run, never of a result: another version of the program compiled it, and this one does not know all that it says. It waits.</summary>
    public const string NewerVersion = "newer-version";

    /// <summary>Of a run, never of a result: somebody cancelled it.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>
    /// Failures that are about the surroundings and not about the step: a file that can be restored, memory that can be had, a bug that was mended.
    /// Running the run again tries such steps again.
    /// </summary>
    public static IReadOnlySet<string> Mendable { get; } =
        new HashSet<string>(StringComparer.Ordinal) { CorruptArtifact, MissingArtifact, DataUnavailable, RunnerCrashed, TooLarge, StepFaulted };
}
