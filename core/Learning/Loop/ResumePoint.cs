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

    public static void Save(string path, TrainSpec spec, TrainingState training, IReadOnlyList<EpochReport> epochs)
    {
        using var scope = torch.NewDisposeScope();
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [Step] = StepKey.Of(spec),
            [Losses] = JsonSerializer.Serialize(epochs.Select(e => e.TrainingLoss)),
        };
        WeightTransfer.Save(training.Tensors(), path, metadata);
    }

    /// <summary>Fills the tensors; the epochs done are returned.</summary>
    /// <exception cref="DomainException">The file is corrupt or belongs to another step.</exception>
    public static IReadOnlyList<EpochReport> Load(string path, TrainSpec spec, TrainingState training)
    {
        using var state = StateDict.Open(path);
        if (state.Metadata.GetValueOrDefault(Step) != StepKey.Of(spec))
            throw Unusable(path, $"belongs to step {state.Metadata.GetValueOrDefault(Step) ?? "(none)"}, not to {StepKey.Of(spec)}");
        using var scope = torch.NewDisposeScope();
        var tensors = training.Tensors();
        StructureCheck.Run(tensors, state);
        foreach (var (name, tensor) in tensors)
            WeightTransfer.Read(state, name, tensor);
        return [.. ReadLosses(path, state).Select((loss, i) => new EpochReport(i + 1, loss))];
    }

    private static double[] ReadLosses(string path, StateDict state)
    {
        try
        {
            return JsonSerializer.Deserialize<double[]>(state.Metadata.GetValueOrDefault(Losses) ?? "null")
                ?? throw Unusable(path, "has no losses");
        }
        catch (JsonException error)
        {
            throw Unusable(path, $"has losses that are no list of numbers ({error.Message})");
        }
    }

    private static DomainException Unusable(string path, string problem) => new(
        FailureCodes.CorruptArtifact, $"Resume point '{path}' {problem}.", "Delete the step's progress, so that it starts again.");
}
