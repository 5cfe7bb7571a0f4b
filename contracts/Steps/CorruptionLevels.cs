namespace SparsePipeline.Contracts;

/// <summary>Versions of the levels that severities of corruptions have: those of one kind may change without new keys for the others.</summary>
public static class CorruptionLevels
{
    // 2: pictures with a side below 16 pixels have levels of their own.
    private const int Second = 2;

    private static readonly string[] Changed = ["brightness", "contrast", "pixelate"];

    /// <summary>What <see cref="EvaluateSpec.CorruptionLevels"/> is for some kinds; null when none of them ever changed.</summary>
    public static int? Of(IReadOnlyCollection<string>? kinds) => kinds?.Any(Changed.Contains) == true ? Second : null;
}
