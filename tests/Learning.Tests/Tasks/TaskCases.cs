using System.Text.Json;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data.Csv;
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

    /// <summary>652 samples of concrete, without a mixture that is tested on.</summary>
    private static DataSpec Concrete => new()
    {
        Name = CsvDataSet.Name,
        Path = Path.Combine(RepositoryFolder.Path, "recipes", "tables", "concrete"),
        Options = new MethodOptions { [TargetKinds.Option] = JsonSerializer.SerializeToElement(TargetKinds.Numbers) },
    };

    /// <summary>A short training.</summary>
    public TrainSpec Training(string task) => task switch
    {
        ClassificationTask.Name => Trainings.Spec,
        NextTokenTask.Name => Of(task, ModelSpecs.Of("gpt", ("layers", 1), ("heads", 2), ("width", 16)), Text),
        ReconstructionTask.Name => Of(task, ModelSpecs.Of("autoencoder", ("hidden", new[] { 32 }), ("code", 8)), Trainings.Digits),
        SparseReconstructionTask.Name => Of(task, ModelSpecs.Of("topk-autoencoder", ("expansion", 2), ("active", 6)), Rows()),
        RegressionTask.Name => Of(task, ModelSpecs.Mlp(16), Concrete),
        PairsTask.Name => Of(task, ModelSpecs.Mlp(32), Trainings.Digits) with { Task = MethodSpecs.Of(task, ("views", "upper-lower"), ("embedding", 8)), BatchSize = 64 },
        _ => throw new NotSupportedException($"Say on what {task} is tried."),
    };

    /// <summary>Data that the task cannot be learnt from; null for a task of everything.</summary>
    public DataSpec? Wrong(string task) => task switch
    {
        ReconstructionTask.Name or SparseReconstructionTask.Name => Text,
        ClassificationTask.Name => null,
        _ => Trainings.Digits,
    };

    /// <summary>120 rows of 8 numbers for training and 30 for testing, each a sum of two of twelve directions.</summary>
    private DataSpec Rows()
    {
        var random = new Random(7);
        float[][] directions = [.. Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, 8).Select(_ => (float)random.NextDouble() - 0.5f).ToArray())];
        using (var writer = StatisticsWriter.Create(_folder.File("rows"), [new LayerPlan("a.weight", 8, Products: false, Rows: 120, TestRows: 30)]))
        {
            writer.Write(new LayerStatistics("a.weight", 120, new double[8], new double[8], null));
            foreach (var (test, count) in new[] { (false, 120), (true, 30) })
                for (var i = 0; i < count; i++)
                {
                    var (one, other) = (directions[random.Next(12)], directions[random.Next(12)]);
                    writer.WriteRow("a.weight", test, i, [.. one.Zip(other, (a, b) => a + b)], i);
                }

            writer.Complete();
        }

        return new DataSpec { Name = DataSpec.Activations, Path = _folder.File("rows") };
    }

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
