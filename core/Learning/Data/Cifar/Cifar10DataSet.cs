using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Cifar;

/// <summary>CIFAR-10: 10 classes, six files.</summary>
internal sealed class Cifar10DataSet()
    : CifarDataSet(["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"])
{
    public const string Name = "cifar10";

    public override MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Data,
        Name = Name,
        Title = "CIFAR-10",
        UseWhen = "Use it to compare with the pruning literature; data.path names the folder cifar-10-batches-bin of the binary version.",
        Paper = Paper,
    };

    protected override CifarRecords Records(DataSpec spec) => new(Labels: 1, Used: 0, CifarClasses.Ten);
}
