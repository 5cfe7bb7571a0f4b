using System.Buffers.Binary;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Tensors;

/// <summary>Reads the tensors <c>NAME.images</c> and <c>NAME.labels</c> as examples.</summary>
internal static class TensorSplit
{
    public const string Images = ".images";
    public const string Labels = ".labels";

    /// <exception cref="DomainException">One is missing, of another shape or type, or has values out of range; tensor and value are named.</exception>
    public static Examples Read(StateDict file, string name)
    {
        var images = Find(file, name + Images);
        var labels = Find(file, name + Labels);
        var shape = Shape(file, images);
        if (labels.Shape.Length != 1 || labels.Count != images.Shape[0])
            throw Refused(file, $"tensor '{labels}' has not one label for each image of '{images}'");
        return new Examples(shape, ReadImages(file, images), ReadLabels(file, labels));
    }

    private static TensorInfo Find(StateDict file, string name) =>
        file.Find(name) ?? throw Refused(file, $"has no tensor '{name}'");

    private static InputShape Shape(StateDict file, TensorInfo images)
    {
        var shape = images.Shape;
        if (shape.Length is < 3 or > 4 || shape.Any(d => d < 1) || images.Count > Array.MaxLength)
            throw Refused(file, $"tensor '{images}' is not [count, height, width] or [count, channels, height, width] of at most {Array.MaxLength} values");
        return new InputShape(shape.Length == 4 ? (int)shape[1] : 1, (int)shape[^2], (int)shape[^1]);
    }

    private static byte[] ReadImages(StateDict file, TensorInfo images) => images.Type switch
    {
        TensorType.U8 => file.Bytes(images.Name, 0, (int)images.Count).ToArray(),
        TensorType.F32 => Quantize(file, images),
        _ => throw Refused(file, $"tensor '{images}' is neither U8 nor F32"),
    };

    private static byte[] Quantize(StateDict file, TensorInfo images)
    {
        const int Piece = 1 << 20;
        var bytes = new byte[images.Count];
        for (var start = 0; start < bytes.Length; start += Piece)
        {
            var floats = file.Floats(images.Name, start, Math.Min(Piece, bytes.Length - start));
            for (var i = 0; i < floats.Length; i++)
                bytes[start + i] = floats[i] is >= 0 and <= 1
                    ? (byte)(floats[i] * 255 + 0.5f)
                    : throw Refused(file, $"tensor '{images.Name}' has {floats[i]} at position {start + i}, which is not in [0, 1]");
        }
        return bytes;
    }

    private static byte[] ReadLabels(StateDict file, TensorInfo labels)
    {
        var size = labels.Type is TensorType.U8 or TensorType.I32 or TensorType.I64
            ? labels.Type.ByteSize()
            : throw Refused(file, $"tensor '{labels}' is neither U8 nor I32 nor I64");
        var classes = new byte[labels.Count];
        for (var i = 0; i < classes.Length; i++)
        {
            var bytes = file.Bytes(labels.Name, (long)i * size, size);
            var label = size switch { 1 => bytes[0], 4 => BinaryPrimitives.ReadInt32LittleEndian(bytes), _ => BinaryPrimitives.ReadInt64LittleEndian(bytes) };
            classes[i] = label is >= 0 and <= byte.MaxValue ? (byte)label : throw Refused(file, $"tensor '{labels.Name}' has label {label} at position {i}, which is not in 0 to 255");
        }
        return classes;
    }

    private static DomainException Refused(StateDict file, string problem) => DataPath.Refused(file.Path, problem, TensorsDataSet.Remedy);
}
