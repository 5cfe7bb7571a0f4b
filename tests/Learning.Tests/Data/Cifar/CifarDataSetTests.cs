using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Cifar;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data.Cifar;

public sealed class CifarDataSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public CifarDataSetTests()
    {
        for (var batch = 1; batch <= 5; batch++)
            Write($"data_batch_{batch}.bin", Record([(byte)batch], 10 * batch), Record([0], 10 * batch + 1));
        Write("test_batch.bin", Record([9], 7));
        Write("train.bin", Record([19, 99], 1), Record([0, 3], 2), Record([1, 4], 3), Record([2, 5], 4));
        Write("test.bin", Record([5, 50], 8));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Records_are_a_label_and_three_planes_of_32_by_32()
    {
        var data = DataSets.Load(Cifar10);

        (data.Classes, data.Shape).ShouldBe((10, new InputShape(3, 32, 32)));
        data.Test.Labels.ShouldBe(new byte[] { 9 });
        data.Test.Pixels(0).ToArray().ShouldBe(Record([9], 7)[1..]);
        (data.Training.Count, data.Validation.Count).ShouldBe((8, 2));
        data.Training.Labels.Concat(data.Validation.Labels).Order().ShouldBe(new byte[] { 0, 0, 0, 0, 0, 1, 2, 3, 4, 5 });
    }

    [Theory]
    [InlineData(false, 100, 50)]
    [InlineData(true, 20, 5)]
    public void Cifar_100_has_fine_classes_and_coarse_ones(bool coarse, int classes, byte label)
    {
        var data = DataSets.Load(Cifar100 with { Options = new MethodOptions { ["coarse"] = JsonSerializer.SerializeToElement(coarse) } });

        data.Classes.ShouldBe(classes);
        data.Test.Labels.ShouldBe([label]);
        data.Test.Pixels(0).ToArray().ShouldBe(Record([5, 50], 8)[2..]);
    }

    [Fact]
    public void All_missing_files_are_named_at_once()
    {
        File.Delete(_folder.File("data_batch_2.bin"));
        File.Delete(_folder.File("test_batch.bin"));

        var failure = Should.Throw<DomainException>(() => DataSets.Digest(Cifar10)).Failure;

        failure.Code.ShouldBe(FailureCodes.DataUnavailable);
        failure.Reason.ShouldEndWith("has no data_batch_2.bin, test_batch.bin.");
        failure.Remedy.ShouldContain("binary version");
    }

    [Fact]
    public void A_recipe_without_a_folder_is_told_so() =>
        Should.Throw<DomainException>(() => DataSets.Load(Cifar10 with { Path = null })).Failure.Reason.ShouldBe("data.path is not set, but data set 'cifar10' reads a folder.");

    [Theory]
    [InlineData(0)]
    [InlineData(3072)]
    [InlineData(3074)]
    public void A_file_that_is_empty_or_cut_off_is_named(int length)
    {
        File.WriteAllBytes(_folder.File("data_batch_3.bin"), new byte[length]);

        Reason(Cifar10).ShouldBe(
            $"CIFAR file '{_folder.File("data_batch_3.bin")}' has {length} bytes, which is no number of records of 3073 bytes up to 268435456.");
    }

    [Fact]
    public void A_file_as_large_as_memory_is_refused_before_it_is_read()
    {
        using (var file = File.Create(_folder.File("test_batch.bin")))
            file.SetLength(3073L * 1_000_000);

        Reason(Cifar10).ShouldContain("has 3073000000 bytes");
    }

    [Fact]
    public void A_label_that_is_no_class_is_named_with_its_record()
    {
        Write("train.bin", Record([19, 99], 1), Record([0, 100], 2));

        Reason(Cifar100).ShouldBe($"CIFAR file '{_folder.File("train.bin")}' has label 100 in record 1, but there are 100 classes.");
    }

    private DataSpec Cifar10 => new() { Name = Cifar10DataSet.Name, Path = _folder.Path, Validation = 0.2 };

    private DataSpec Cifar100 => Cifar10 with { Name = Cifar100DataSet.Name };

    private static string Reason(DataSpec spec)
    {
        var failure = Should.Throw<DomainException>(() => DataSets.Load(spec)).Failure;
        failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
        return failure.Reason;
    }

    private static byte[] Record(byte[] labels, int first) => [.. labels, .. Enumerable.Range(first, 3072).Select(i => (byte)i)];

    private void Write(string name, params byte[][] records) => File.WriteAllBytes(_folder.File(name), [.. records.SelectMany(r => r)]);
}
