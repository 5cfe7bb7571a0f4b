using System.Text.Json;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Loop;

/// <summary>
/// A safetensors container with the tensors of a <see cref="TrainingState"/>, and in its metadata the step and the losses so far.
/// Batch order and learning rates follow from the spec and the epoch, so there is no generator or scheduler state to keep.
/// </summary>
internal static class ResumePoint
{
    private const string Step = "step";
    private const string Losses = "losses";
    private const string Validation = "validation";
    private const string Ended = "ended";

    /// <param name="path">Gets the file.</param>
    /// <param name="spec">The step it belongs to.</param>
    /// <param name="training">Its tensors.</param>
    /// <param name="epochs">Those that are done.</param>
    /// <param name="validation">What was measured after them.</param>
    /// <param name="ended">Whether a hook has ended the training.</param>
    public static void Save(
        string path, TrainSpec spec, TrainingState training, IReadOnlyList<EpochReport> epochs, IReadOnlyList<ValidationPoint> validation, bool ended)
    {
        using var scope = torch.NewDisposeScope();
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [Step] = StepKey.Of(spec),
            [Losses] = JsonSerializer.Serialize(epochs.Select(e => e.TrainingLoss)),
            [Validation] = JsonSerializer.Serialize(validation),
        };
        if (ended)
            metadata[Ended] = "true";
        WeightTransfer.Save(training.Tensors(), path, metadata);
    }

    /// <summary>Fills the tensors; the epochs done, what was measured after them and whether a hook has ended the training are returned.</summary>
    /// <exception cref="DomainException">The file is corrupt or belongs to another step.</exception>
    public static (IReadOnlyList<EpochReport> Epochs, IReadOnlyList<ValidationPoint> Validation, bool Ended) Load(string path, TrainSpec spec, TrainingState training)
    {
        using var state = StateDict.Open(path);
        if (state.Metadata.GetValueOrDefault(Step) != StepKey.Of(spec))
            throw Unusable(path, $"belongs to step {state.Metadata.GetValueOrDefault(Step) ?? "(none)"}, not to {StepKey.Of(spec)}");
        using var scope = torch.NewDisposeScope();
        var tensors = training.Tensors();
        StructureCheck.Run(tensors, state);
        foreach (var (name, tensor) in tensors)
            WeightTransfer.Read(state, name, tensor);
        return (
            [.. ReadList<double>(path, state, Losses).Select((loss, i) => new EpochReport(i + 1, loss))],
            ReadList<ValidationPoint>(path, state, Validation),
            state.Metadata.ContainsKey(Ended));
    }

    private static T[] ReadList<T>(string path, StateDict state, string key)
    {
        try
        {
            return JsonSerializer.Deserialize<T[]>(state.Metadata.GetValueOrDefault(key, "null"))
                ?? throw Unusable(path, $"has no list of {key}");
        }
        catch (JsonException error)
        {
            throw Unusable(path, $"has an unreadable list of {key} ({error.Message})");
        }
    }

    private static DomainException Unusable(string path, string problem) => new(
        FailureCodes.CorruptArtifact, $"Resume point '{path}' {problem}.", "Delete the step's progress, so that it starts again.");
}
