using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Tensors;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data.Tensors;

public sealed class TensorsDataSetTests : IDisposable
{
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, 4 * 6).Select(i => (byte)(10 * i))];
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TensorType.U8)]
    [InlineData(TensorType.F32)]
    public void Bytes_arrive_as_they_are_and_floats_as_the_nearest_of_256_levels(TensorType type)
    {
        Write([.. Standard.Where(t => t.Name != "test.images"), Images("test.images", type, [4, 1, 2, 3])]);

        var data = Load();

        (data.Classes, data.Shape).ShouldBe((3, new InputShape(1, 2, 3)));
        data.Test.Pixels(3).ToArray().ShouldBe(Pixels[18..]);
        data.Test.Labels.ShouldBe(new byte[] { 0, 1, 2, 1 });
    }

    [Theory]
    [InlineData(TensorType.U8)]
    [InlineData(TensorType.I32)]
    [InlineData(TensorType.I64)]
    public void Labels_may_be_integers_of_any_size(TensorType type)
    {
        Write([.. Standard.Where(t => t.Name != "train.labels"), Labels("train.labels", type, 2, 1, 0, 2)]);

        var data = Load();

        data.Training.Labels.Concat(data.Validation.Labels).Order().ShouldBe(new byte[] { 0, 1, 2, 2 });
    }

    [Fact]
    public void Validation_and_shifts_are_splits_of_their_own()
    {
        Write([.. Standard, Images("validation.images", TensorType.U8, [4, 2, 3]), Labels("validation.labels", TensorType.U8, 2, 2, 2, 2),
            Images("shift-night.images", TensorType.U8, [4, 2, 3]), Labels("shift-night.labels", TensorType.U8, 1, 1, 1, 1)]);

        var data = Load();

        (data.Training.Count, data.Validation.Count).ShouldBe((4, 4));
        data.Validation.Labels.ShouldAllBe(l => l == 2);
        data.Shifts["night"].Labels.ShouldAllBe(l => l == 1);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(1.01f, "1.01")]
    [InlineData(-0.5f, "-0.5")]
    public void Floats_out_of_range_are_named_with_their_place(float value, string shown)
    {
        var images = Images("test.images", TensorType.F32, [4, 2, 3]);
        BitConverter.TryWriteBytes(images.Bytes.AsSpan(7 * sizeof(float)), value).ShouldBeTrue();
        Write([.. Standard.Where(t => t.Name != "test.images"), images]);

        Reason().ShouldEndWith($"tensor 'test.images' has {shown} at position 7, which is not in [0, 1].");
    }

    [Fact]
    public void Tensors_that_do_not_fit_are_refused_by_name()
    {
        ReasonWith(Labels("test.labels", TensorType.I64, 0, 1, 2, 256)).ShouldEndWith("tensor 'test.labels' has label 256 at position 3, which is not in 0 to 255.");
        ReasonWith(Labels("test.labels", TensorType.I32, 0, 1, -2, 0)).ShouldEndWith("tensor 'test.labels' has label -2 at position 2, which is not in 0 to 255.");
        ReasonWith(Labels("test.labels", TensorType.U8, 0, 1, 2, 3)).ShouldEndWith("has label 3 in 'test', but the labels of 'train' end at 2.");
        ReasonWith(Labels("test.labels", TensorType.U8, 0, 1, 2)).ShouldContain("has not one label for each image");
        ReasonWith(Labels("test.labels", TensorType.I16, 0, 1, 2, 0)).ShouldEndWith("is neither U8 nor I32 nor I64.");
        ReasonWith(Images("test.images", TensorType.U8, [4, 6])).ShouldContain("is not [count, height, width]");
        ReasonWith(Images("test.images", TensorType.U8, [4, 3, 2])).ShouldEndWith("has images of 1×3×2 in 'test', but of 1×2×3 in 'train'.");
        ReasonWith(Images("test.pictures", TensorType.U8, [4, 2, 3])).ShouldEndWith("has a tensor 'test.pictures', which is no images or labels of a split.");
        ReasonWith(Images("fc.weight", TensorType.U8, [4, 2, 3])).ShouldEndWith("has a tensor 'fc.weight', which is no images or labels of a split.");
    }

    [Fact]
    public void A_missing_tensor_is_named()
    {
        Write([.. Standard.Where(t => t.Name != "test.labels")]);

        Reason().ShouldEndWith("has no tensor 'test.labels'.");
    }

    [Fact]
    public void A_file_that_is_cut_off_is_refused()
    {
        Write(Standard);
        var whole = File.ReadAllBytes(_folder.File("data.safetensors"));
        foreach (var length in new[] { 0, 7, 8, 100, whole.Length - 1 })
        {
            File.WriteAllBytes(_folder.File("data.safetensors"), whole[..length]);
            Reason().ShouldContain("data.safetensors");
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Should.Throw<DomainException>(Load).Failure.Reason.ShouldBe($"data.path '{_folder.File("data.safetensors")}' is no file.");

    private static (string Name, TensorType Type, long[] Shape, byte[] Bytes)[] Standard =>
    [
        Images("train.images", TensorType.U8, [4, 2, 3]), Labels("train.labels", TensorType.U8, 0, 1, 2, 0),
        Images("test.images", TensorType.U8, [4, 2, 3]), Labels("test.labels", TensorType.U8, 0, 1, 2, 1),
    ];

    private static (string Name, TensorType Type, long[] Shape, byte[] Bytes) Images(string name, TensorType type, long[] shape) =>
        (name, type, shape, type == TensorType.U8 ? [.. Pixels] : MemoryMarshal.AsBytes<float>(Pixels.Select(p => p / 255f).ToArray()).ToArray());

    private static (string Name, TensorType Type, long[] Shape, byte[] Bytes) Labels(string name, TensorType type, params int[] labels) =>
        (name, type, [labels.Length], [.. labels.SelectMany(l => BitConverter.GetBytes((long)l).Take(type.ByteSize()))]);

    private DataSplits Load() => DataSets.Load(new DataSpec { Name = TensorsDataSet.Name, Path = _folder.File("data.safetensors"), Validation = 0.25 });

    private string Reason()
    {
        var failure = Should.Throw<DomainException>(Load).Failure;
        failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
        return failure.Reason;
    }

    private string ReasonWith((string Name, TensorType Type, long[] Shape, byte[] Bytes) tensor)
    {
        Write([.. Standard.Where(t => t.Name != tensor.Name), tensor]);
        return Reason();
    }

    private void Write((string Name, TensorType Type, long[] Shape, byte[] Bytes)[] tensors)
    {
        File.Delete(_folder.File("data.safetensors"));
        using var writer = StateDictWriter.Create(_folder.File("data.safetensors"), [.. tensors.Select(t => TensorInfo.Of(t.Name, t.Type, t.Shape))]);
        foreach (var tensor in tensors)
            tensor.Bytes.CopyTo(writer.Bytes(tensor.Name, 0, tensor.Bytes.Length));
        writer.Complete();
    }
}
