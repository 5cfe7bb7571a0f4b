using CsCheck;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class CheckpointCompressionTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    private static Gen<float> Weight { get; } = Gen.OneOf(Gen.OneOf(0f, -0f), Gen.Float[-1, 1]);

    public void Dispose() => _folder.Dispose();

    /// <summary>Rows that begin and end inside words, over words and at their borders.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(150)]
    public void Weights_and_outputs_that_are_left_are_counted_by_layer(int columns)
    {
        float[] weights = [.. new float[columns], .. new float[columns - 1], 2, -0f, .. new float[columns - 1], 3, .. new float[columns - 1]];
        using var checkpoint = Open(new StateDictBuilder().Floats("a.weight", [4, columns], weights).Floats("a.bias", [4], 1, 2, 3, 4));

        CheckpointCompression.Of(checkpoint).Layers.ShouldBe([new LayerCompression("a.weight", 2, 4 * columns, 4, 2)]);
    }

    [Fact]
    public void Sizes_are_those_of_the_files_that_are_written() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 70]).SelectMany(shape => Weight.Array[shape.Item1 * shape.Item2].Select(w => (shape.Item1, shape.Item2, Weights: w))).Sample(
            layer =>
            {
                using var checkpoint = Open(new StateDictBuilder()
                    .Floats("a.weight", [layer.Item1, layer.Item2], layer.Weights).Floats("a.bias", [layer.Item1], new float[layer.Item1]));
                CheckpointCopy.Write(checkpoint, _folder.File("plain"));
                PackedCheckpoint.Pack(checkpoint, _folder.File("packed"));
                Mask(layer.Item1, layer.Item2).Save(_folder.File("mask"));

                CheckpointCompression.Of(checkpoint).Exports.ShouldBe(new ExportSizes(Length("plain"), Length("packed"), Length("mask")));
            },
            iter: 25,
            threads: 1);

    private static SparsityMask Mask(long rows, long columns) => new([new TensorMask("a.weight", [rows, columns], [.. new ulong[TensorMask.WordsFor(rows * columns)]])]);

    private StateDict Open(StateDictBuilder builder) => StateDict.Open(builder.Save(_folder.File("checkpoint")));

    private long Length(string file) => new FileInfo(_folder.File(file)).Length;
}
