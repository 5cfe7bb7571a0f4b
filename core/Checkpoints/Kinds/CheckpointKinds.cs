using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Decides what a safetensors file is, from its metadata and the names, types and shapes of its tensors. No number is read.</summary>
public static class CheckpointKinds
{
    /// <summary>The kind of an open file.</summary>
    public static KindFinding Of(StateDict file) => FileKind.Of(file) switch
    {
        FileKind.Mask => new KindFinding(CheckpointKind.Mask, "its metadata says so"),
        FileKind.Statistics => new KindFinding(CheckpointKind.Statistics, "its metadata says so"),
        FileKind.Solution => new KindFinding(CheckpointKind.Solution, "its metadata says so"),
        FileKind.Packed => new KindFinding(CheckpointKind.Packed, "its metadata says so"),
        _ when PackedNames.Prefixes(file).FirstOrDefault() is { } prefix =>
            new KindFinding(CheckpointKind.Packed, $"'{prefix}{PackedNames.Compressed}' has a bitmask and a shape"),
        _ when OptimiserRule.IsResumePoint(file) => new KindFinding(CheckpointKind.OptimiserState, "it is the resume point of a training"),
        _ => OfTensors(file.Tensors),
    };

    /// <summary>The name <c>inspect</c> prints and the documentation uses.</summary>
    public static string Name(CheckpointKind kind) => kind switch
    {
        CheckpointKind.StateDict => FileKind.StateDict,
        CheckpointKind.Packed => FileKind.Packed,
        CheckpointKind.Mask => FileKind.Mask,
        CheckpointKind.Statistics => FileKind.Statistics,
        CheckpointKind.Solution => FileKind.Solution,
        CheckpointKind.Quantised => "quantised",
        CheckpointKind.Adapter => "adapter",
        CheckpointKind.MaskedParametrisation => "masked-parametrisation",
        CheckpointKind.WeightNorm => "weight-norm",
        CheckpointKind.Parametrisation => "parametrisation",
        CheckpointKind.OptimiserState => "optimiser-state",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind."),
    };

    /// <summary>The metadata that says that a file of ours is of a kind.</summary>
    public static Dictionary<string, string> MarkerOf(CheckpointKind kind) => new(StringComparer.Ordinal) { [FileKind.Key] = Name(kind) };

    /// <summary>Holds tensors that are in no file yet, such as those of a script, against the same rule.</summary>
    /// <param name="name">What has them, for the message.</param>
    /// <param name="tensors">Names, types and shapes.</param>
    /// <param name="use">What is to be done with them.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.WrongKind"/> with the reason and the way out.</exception>
    public static void EnsureUsable(string name, IEnumerable<TensorInfo> tensors, CheckpointUse use) => KindRefusal.Ensure(name, OfTensors(tensors), use);

    /// <summary>What tensors are when they are neither packed nor a mask.</summary>
    internal static KindFinding OfTensors(IEnumerable<TensorInfo> tensors)
    {
        var names = new TensorNames(tensors);
        return Found(CheckpointKind.OptimiserState, OptimiserRule.Evidence(names))
            ?? Found(CheckpointKind.Adapter, AdapterRule.Evidence(names))
            ?? Found(CheckpointKind.Quantised, QuantisedRule.Evidence(names))
            ?? ParametrisationRule.Find(names)
            ?? new KindFinding(CheckpointKind.StateDict, null);
    }

    private static KindFinding? Found(CheckpointKind kind, string? evidence) => evidence is null ? null : new KindFinding(kind, evidence);
}
