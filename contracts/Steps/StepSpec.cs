using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>
/// What a step does, completely: its result is a pure function of this record.
/// <see cref="StepKey"/> hashes it, so whatever changes the result must be in here and nothing else may be.
/// </summary>
/// <remarks>
/// A property with a <see cref="System.ComponentModel.DefaultValueAttribute"/> is left out of the canonical form when
/// it has that value, so adding an option does not change the keys of steps that do not use it. In JSON, <c>kind</c> says which of
/// <see cref="StepKinds.Infos"/> a spec is of.
/// </remarks>
public abstract record StepSpec
{
    /// <summary>One of <see cref="StepKinds"/>.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>Raised when an algorithm's result changes for the same inputs; old results then no longer answer.</summary>
    public required int AlgorithmVersion { get; init; }

    /// <summary>
    /// Versions other than 1 of the methods that the spec names by bare names, <c>AXIS/NAME</c> → version, in ordinal order; null when all are 1. See
    /// <see cref="MethodVersions"/>.
    /// </summary>
    public IReadOnlyDictionary<string, int>? Versions { get; init; }

    /// <summary>The methods that the spec names by bare names.</summary>
    [JsonIgnore]
    public abstract IEnumerable<NamedMethod> NamedMethods { get; }

    /// <summary>Every artifact the step reads.</summary>
    [JsonIgnore]
    public abstract IEnumerable<ArtifactRef> Inputs { get; }

    /// <summary>The data set the step reads, whose files a worker may be forbidden to open; null for a step that reads none.</summary>
    [JsonIgnore]
    public abstract DataSpec? DataRead { get; }
}
