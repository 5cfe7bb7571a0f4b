using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Text;
using SparsePipeline.Learning.Tasks.Kinds;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Tasks;

/// <summary>For every task a small network on data it can be learnt from, and data it cannot.</summary>
internal sealed class TaskCases : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TaskCases() => File.WriteAllText(_folder.File("a.txt"), string.Concat(Enumerable.Repeat("the cat sat on the mat and the rat sat on the cat. ", 80)));

    private DataSpec Text => new()
    {
        Name = TextDataSet.Name,
        Path = _folder.Path,
        Options = new MethodOptions { ["context"] = JsonSerializer.SerializeToElement(8), ["tokens"] = JsonSerializer.SerializeToElement("byte-pairs"), ["vocabulary"] = JsonSerializer.SerializeToElement(40) },
    };

    /// <summary>A short training.</summary>
    public TrainSpec Training(string task) => task switch
    {
        ClassificationTask.Name => Trainings.Spec,
        NextTokenTask.Name => Of(task, ModelSpecs.Of("gpt", ("layers", 1), ("heads", 2), ("width", 16)), Text),
        ReconstructionTask.Name => Of(task, ModelSpecs.Of("autoencoder", ("hidden", new[] { 32 }), ("code", 8)), Trainings.Digits),
        _ => throw new NotSupportedException($"Say on what {task} is tried."),
    };

    /// <summary>Data that the task cannot be learnt from; null for a task of everything.</summary>
    public DataSpec? Wrong(string task) => task switch
    {
        ReconstructionTask.Name => Text,
        ClassificationTask.Name => null,
        _ => Trainings.Digits,
    };

    public void Dispose() => _folder.Dispose();

    private static TrainSpec Of(string task, ModelSpec model, DataSpec data) => Trainings.Spec with
    {
        Task = MethodSpec.Of(task),
        Model = model,
        Data = data,
        Epochs = 3,
        PeakLearningRate = 0.1,
        ClipNorm = 1,
    };
}
