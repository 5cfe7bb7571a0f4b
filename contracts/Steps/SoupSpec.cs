using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>Averages candidates that share one mask, or combines their masks by a policy, recalibrates BatchNorm and reports whether the soup was worth it.</summary>
public sealed record SoupSpec : StepSpec, IStepSpec<SoupSpec, CookSoup>
{
    /// <summary>2: candidates are scored and recalibrated on images that lie in memory pixel by pixel.</summary>
    public const int CurrentVersion = 2;

    /// <summary>Examples that a network is recalibrated by at a time.</summary>
    public const int StandardBatch = 64;

    /// <inheritdoc />
    public static StepKindOf<SoupSpec, CookSoup> Info { get; } = new()
    {
        Name = StepKinds.Soup,
        Version = CurrentVersion,
        Service = "souper",
        Queue = "cook-soup",
        Place = StepPlace.WorkerWithRunners,
        Outputs = [OutputNames.Checkpoint],
        Announces = CheckpointReady.Of,
        ToCommand = order => new() { RunId = order.RunId, StepKey = order.Key, Spec = order.Spec },
        ToOrder = command => new(command.RunId, command.StepKey, command.Spec),
    };

    [JsonIgnore]
    public override string Kind => StepKinds.Soup;

    public required MethodSpec Method { get; init; }

    /// <summary>The chosen candidates; a partial soup is explicit because exactly its members are listed here.</summary>
    public required IReadOnlyList<SoupCandidate> Candidates { get; init; }

    /// <summary>How many candidates the recipe asked for, when fewer are listed here; null for a soup of all. The report names it.</summary>
    public int? Expected { get; init; }

    /// <summary>The mask all candidates share; null when they have masks of their own.</summary>
    public ArtifactRef? Mask { get; init; }

    /// <summary>How the masks of candidates that have their own become one; null for candidates that share <see cref="Mask"/>.</summary>
    public string? MaskPolicy { get; init; }

    /// <summary>What an average that is pruned again is cut by; other policies leave it out.</summary>
    public CutRule? Recut { get; init; }

    /// <summary>What is collected of an average before it is cut by <see cref="Recut"/>; null for pruners that go by weights alone.</summary>
    public RecutSample? RecutSample { get; init; }

    /// <summary>A trained network under the same mask that the candidates started from; null for soups that look at none.</summary>
    public ArtifactRef? Anchor { get; init; }

    public required ModelSpec Model { get; init; }

    public required DataSpec Data { get; init; }

    /// <summary>What the network does: see the <c>task</c> axis; null is <c>classification</c>.</summary>
    public MethodSpec? Task { get; init; }

    /// <summary>By what candidates and trials are compared; null for accuracy.</summary>
    public MeasureInfo? Measure { get; init; }

    /// <summary>Share of the training data for BatchNorm recalibration after every merge; 0 leaves the statistics alone.</summary>
    [DefaultValue(0.0)]
    public double Recalibration { get; init; }

    /// <summary>Examples of an update of the members: recalibration takes as many at a time where its share holds fewer than 64.</summary>
    [DefaultValue(StandardBatch)]
    public int BatchSize { get; init; } = StandardBatch;

    [JsonIgnore]
    public override IEnumerable<NamedMethod> NamedMethods =>
        [Model.Named(), .. Data.Named(), .. MaskPolicy is { } policy ? (NamedMethod[])[new(MethodAxes.MaskPolicy, policy)] : [], .. Recut?.NamedMethods ?? []];

    [JsonIgnore]
    public override DataSpec? DataRead => Data;

    [JsonIgnore]
    public override IEnumerable<ArtifactRef> Inputs =>
        Candidates.SelectMany(c => new[] { c.Checkpoint, c.Mask, c.Statistics }).Append(Mask).Append(Anchor).Append(Model.Script).OfType<ArtifactRef>();
}
