using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Digits;
using SparsePipeline.Learning.Models;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Calibration;

/// <summary>Networks in a folder, and what is collected of them.</summary>
internal sealed class CollectionBench : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string File(string name) => _folder.File(name);

    public void Dispose() => _folder.Dispose();

    public void Save(CollectSpec spec, DataSplits data)
    {
        using var network = Networks.Build(spec.Model, data);
        Initialization.Apply(network, 3);
        WeightTransfer.Save(network, File("net.safetensors"));
    }

    public StatisticsFile Collect(CollectSpec spec, DataSplits data)
    {
        StatisticsCollection.Run(File("net.safetensors"), spec, data, File("statistics"), CancellationToken.None);
        return StatisticsFile.Open(File("statistics"));
    }

    public static T[] Numbers<T>(torch.Tensor tensor)
        where T : unmanaged
    {
        using var flat = tensor.contiguous();
        return MemoryMarshal.Cast<byte, T>(flat.bytes).ToArray();
    }

    public static DataSplits Data(int limit) => DataSets.Load(new DataSpec { Name = DigitsDataSet.Name, Limit = limit });

    public static CollectSpec Spec(string model) => new()
    {
        AlgorithmVersion = CollectSpec.CurrentVersion,
        Checkpoint = new ArtifactRef(new string('0', 64), 1, ArtifactFormats.Safetensors),
        Model = new ModelSpec { Name = model },
        Data = new DataSpec { Name = DigitsDataSet.Name },
        Examples = 1000,
        Seed = 1,
        Products = true,
    };
}
