using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Cifar;

/// <summary>CIFAR-100: 100 classes in 20 groups, two files.</summary>
internal sealed class Cifar100DataSet() : CifarDataSet(["train.bin", "test.bin"])
{
    public const string Name = "cifar100";

    private const string Coarse = "coarse";

    public override MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Data,
        Name = Name,
        Title = "CIFAR-100",
        UseWhen = "Use it to compare with the pruning literature on many classes; data.path names the folder cifar-100-binary of the binary version.",
        Paper = Paper,
        Options = [OptionInfo.Boolean(Coarse, "Learn the 20 groups instead of the 100 classes.", false)],
    };

    protected override CifarRecords Records(DataSpec spec) => new OptionValues(Info, spec.Options).Boolean(Coarse)
        ? new(Labels: 2, Used: 0, CifarClasses.Groups)
        : new(Labels: 2, Used: 1, CifarClasses.Hundred);
}
