using System.IO.Compression;
using CsCheck;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data;

public sealed class IdxDataSetTests : IDisposable
{
    private const string TrainImages = "train-images-idx3-ubyte";
    private const string TrainLabels = "train-labels-idx1-ubyte";
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public IdxDataSetTests()
    {
        Write(TrainImages, [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 2, 10, 11, 20, 21, 30, 31, 40, 41]);
        Write(TrainLabels, [0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 2, 1]);
        Write("t10k-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 50, 51]);
        Write("t10k-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 2]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_and_labels_are_read_as_they_are()
    {
        var data = Load();

        data.Shape.ShouldBe(new InputShape(1, 1, 2));
        data.Classes.ShouldBe(3);
        data.Test.Pixels(0).ToArray().ShouldBe(new byte[] { 50, 51 });
        data.Test.Labels.ShouldBe(new byte[] { 2 });
        (data.Training.Count, data.Validation.Count).ShouldBe((2, 2));
        data.Shifts.ShouldBeEmpty();
    }

    [Fact]
    public void A_test_label_that_no_training_image_has_is_refused_as_in_other_data()
    {
        Write("t10k-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 3]);

        Should.Throw<DomainException>(Load).Failure.Reason.ShouldEndWith("has label 3, but the labels of the training images end at 2.");
    }

    [Fact]
    public void Gzipped_files_give_the_same_examples()
    {
        var plain = Load().Test.Pixels(0).ToArray();
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            using (var packed = new GZipStream(File.Create(file + ".gz"), CompressionLevel.Fastest))
                packed.Write(File.ReadAllBytes(file));
            File.Delete(file);
        }

        Load().Test.Pixels(0).ToArray().ShouldBe(plain);
    }

    [Fact]
    public void The_digest_changes_with_a_single_byte()
    {
        var before = DataSets.Digest(Spec());
        Write(TrainLabels, [0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 2, 0]);

        DataSets.Digest(Spec()).ShouldNotBe(before);
    }

    [Fact]
    public void A_missing_file_is_named_with_what_to_install()
    {
        File.Delete(_folder.File(TrainLabels));

        var failure = Should.Throw<DomainException>(Load).Failure;

        failure.Code.ShouldBe(FailureCodes.DataUnavailable);
        failure.Reason.ShouldContain($"{TrainLabels}[.gz]");
        failure.Remedy.ShouldContain("apt-get install dataset-fashion-mnist");
    }

    [Fact]
    public void A_recipe_without_a_folder_is_told_so() =>
        Should.Throw<DomainException>(() => DataSets.Load(new DataSpec { Name = "idx" })).Failure.Reason.ShouldStartWith("data.path is not set");

    [Theory]
    [InlineData(TrainImages, new byte[] { 0, 0, 9, 3, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 2, 1 }, "starts with 0x00000903")]
    [InlineData(TrainImages, new byte[] { 0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 2, 1 }, "ends before")]
    [InlineData(TrainImages, new byte[] { 0, 0, 8 }, "ends before")]
    [InlineData(TrainImages, new byte[] { 0, 0, 8, 3, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 1, 0, 0, 0, 2 }, "impossible size in dimension 0: -1")]
    [InlineData(TrainImages, new byte[] { 0, 0, 8, 3, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff }, "impossible size")]
    [InlineData(TrainImages, new byte[] { 0, 0, 8, 3, 0x3f, 0xff, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1 }, "ends before")]
    [InlineData(TrainLabels, new byte[] { 0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 2, 1, 1 }, "goes on after")]
    [InlineData(TrainLabels, new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2 }, "holds 3 labels for 4 images")]
    public void Hostile_files_give_named_errors(string file, byte[] content, string problem)
    {
        Write(file, content);

        var failure = Should.Throw<DomainException>(Load).Failure;

        failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
        failure.Reason.ShouldContain(file);
        failure.Reason.ShouldContain(problem);
    }

    [Fact]
    public void A_file_that_only_claims_to_be_gzip_gives_a_named_error()
    {
        File.Move(_folder.File(TrainLabels), _folder.File(TrainLabels + ".gz"));

        Should.Throw<DomainException>(Load).Failure.Reason.ShouldContain("is not valid gzip");
    }

    [Fact]
    public void Any_mutation_gives_data_or_a_named_error()
    {
        var original = File.ReadAllBytes(_folder.File(TrainImages));
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte).Sample(
            (at, value) =>
            {
                var mutated = (byte[])original.Clone();
                mutated[at] = value;
                Write(TrainImages, mutated);
                try
                {
                    Load().Training.Count.ShouldBe(2);
                }
                catch (DomainException error)
                {
                    error.Failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
                }
            },
            iter: 2000, threads: 1);
    }

    private DataSpec Spec() => new() { Name = "idx", Path = _folder.Path, Validation = 0.5 };

    private DataSplits Load() => DataSets.Load(Spec());

    private void Write(string name, byte[] content) => File.WriteAllBytes(_folder.File(name), content);
}
