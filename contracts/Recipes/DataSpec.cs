using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Contracts;

/// <summary>A data set and how it is split.</summary>
public sealed record DataSpec
{
    /// <summary>The data set of activations that were collected.</summary>
    public const string Activations = "activations";

    /// <summary>A registered data set: <c>digits</c>, <c>glyphs</c>, …</summary>
    [MethodAxis(MethodAxes.Data)]
    public required string Name { get; init; }

    /// <summary>Folder of the files, or the file, for data sets that are not built in.</summary>
    public string? Path { get; init; }

    /// <summary>A stored file in place of <see cref="Path"/>, for data that an earlier step of the run has made.</summary>
    public ArtifactRef? Stored { get; init; }

    /// <summary>Option name → value, as the data set describes them; null when all are at their defaults.</summary>
    [MethodAxis(MethodAxes.Data)]
    public MethodOptions? Options { get; init; }

    /// <summary>SHA-256 over the files' bytes, filled in when a run is submitted, so that changed data means new steps.</summary>
    [RegularExpression("[0-9a-f]{64}")]
    public string? Digest { get; init; }

    /// <summary>Share of the training examples held out for validation, in (0, 0.5].</summary>
    [Range(0.0, 0.5, MinimumIsExclusive = true)]
    [DefaultValue(0.1)]
    public double Validation { get; init; } = 0.1;

    /// <summary>Decides which examples are held out.</summary>
    [Range(0L, long.MaxValue)]
    [DefaultValue(42L)]
    public long SplitSeed { get; init; } = 42;

    /// <summary>Uses only the first n training examples after the shuffle by <see cref="SplitSeed"/>; null uses all.</summary>
    [Range(1, int.MaxValue)]
    public int? Limit { get; init; }

    /// <summary>Random changes to training examples, see the <c>augmentation</c> axis; null trains on the examples as they are.</summary>
    [MethodAxis(MethodAxes.Augmentation)]
    public string? Augmentation { get; init; }

    /// <summary>Trains on a part of the training examples; null on all. Inputs are standardised as those of all are, so that networks of different parts can be compared.</summary>
    public DataPart? Part { get; init; }

    /// <summary>
    /// Share of the training examples, in [0, 1), that get another class than theirs, each other class as likely as any; which and what, <see cref="SplitSeed"/> decides.
    /// Validation, test and shifts are left alone.
    /// </summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [DefaultValue(0.0)]
    public double LabelNoise { get; init; }

    /// <summary>
    /// Shares of the training examples, in (0, 1] and rising, that are there for the pretraining, for the first cycle, for the second and so on; the last holds for the
    /// cycles that follow. Inputs are standardised by the first. Null: all are there from the start.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public IReadOnlyList<double>? Arrivals { get; init; }

    /// <summary>What a step of a cycle trains on: what has arrived by then, and of it a part.</summary>
    /// <param name="cycle">0 for the pretraining.</param>
    /// <param name="part">The part; null for the data's own.</param>
    public DataSpec ForTraining(int cycle, DataPart? part = null) => this with { Part = part ?? Part, Arrivals = Arrived(cycle) };

    /// <summary>What a step of a cycle looks at that reads inputs alone: the wrong labels do not matter to it.</summary>
    /// <param name="cycle">0 for the pretraining.</param>
    public DataSpec ForInputs(int cycle) => this with { LabelNoise = 0, Arrivals = Arrived(cycle) };

    /// <summary>What a step reads that measures: nothing of the training examples but how inputs are standardised.</summary>
    public DataSpec ForMeasuring() => this with { Part = null, LabelNoise = 0, Arrivals = Arrived(cycle: 0) };

    private IReadOnlyList<double>? Arrived(int cycle) => Arrivals is null ? null : [.. Arrivals.Take(cycle + 1)];

    /// <summary>The data set, and the augmentation when there is one.</summary>
    public IEnumerable<NamedMethod> Named() => Augmentation is { } augmentation
        ? [new(MethodAxes.Data, Name), new(MethodAxes.Augmentation, augmentation)]
        : [new(MethodAxes.Data, Name)];
}
