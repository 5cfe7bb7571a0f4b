using System.Globalization;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Metadata by which an exported file says which run it comes from. It holds for these very weights: what computes other weights from them
/// leaves it out (<see cref="Without"/>).
/// </summary>
public static class CheckpointOrigin
{
    /// <summary>Id of the run.</summary>
    public const string Run = "sparsepipeline.run";

    /// <summary>Place in the run, for example <c>cycle-3/soup</c>.</summary>
    public const string Node = "sparsepipeline.node";

    /// <summary>Cycle the checkpoint belongs to, counted from 1; not there for the dense one.</summary>
    public const string Cycle = "sparsepipeline.cycle";

    /// <summary>Cycles of the run.</summary>
    public const string Cycles = "sparsepipeline.cycles";

    /// <summary>Fraction of prunable weights that its mask prunes, in [0, 1]; not there for a checkpoint without a mask.</summary>
    public const string Sparsity = "sparsepipeline.sparsity";

    /// <summary>SHA-256 of the checkpoint in the store, as reports name it.</summary>
    public const string Checkpoint = "sparsepipeline.checkpoint";

    /// <summary>All keys.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Run, Node, Cycle, Cycles, Sparsity, Checkpoint];

    /// <summary>A fraction as it is written.</summary>
    public static string Text(double fraction) => Math.Round(fraction, 6).ToString(CultureInfo.InvariantCulture);

    /// <summary>The metadata of a checkpoint that is computed from one with this metadata.</summary>
    public static Dictionary<string, string> Without(IReadOnlyDictionary<string, string> metadata) =>
        metadata.Where(m => !Keys.Contains(m.Key)).ToDictionary(StringComparer.Ordinal);

    internal static IReadOnlyDictionary<string, string> Add(IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, string>? origin) =>
        origin is null ? metadata : Without(metadata).Concat(origin).ToDictionary(StringComparer.Ordinal);
}
