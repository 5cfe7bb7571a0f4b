using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Cifar;

/// <summary>Files of CIFAR's binary version: records of one or two labels and 3 × 32 × 32 bytes, red, green and blue one after the other, with no header.</summary>
internal static class CifarFile
{
    public const string Remedy = "Unpack the 'binary version' from https://www.cs.toronto.edu/~kriz/cifar.html there, and compare its checksum with the page's.";

    private static readonly InputShape Shape = new(3, 32, 32);

    /// <summary>The records of several files, one file after the other.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="records">What is in them.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.CorruptArtifact"/>: a file is empty or cut off, or a label is out of range.</exception>
    public static Examples Read(IReadOnlyList<string> paths, CifarRecords records)
    {
        var record = records.Labels + Shape.Size;
        var counts = paths.Select(path => Count(path, record)).ToList();
        var pixels = new byte[checked(counts.Sum() * Shape.Size)];
        var read = new byte[counts.Sum()];
        var next = 0;
        foreach (var (path, count) in paths.Zip(counts))
        {
            var bytes = File.ReadAllBytes(path).AsSpan(0, count * record);
            for (var i = 0; i < count; i++, next++)
            {
                read[next] = Label(path, i, bytes[i * record + records.Used], records.Classes.Count);
                bytes.Slice(i * record + records.Labels, Shape.Size).CopyTo(pixels.AsSpan(next * Shape.Size));
            }
        }
        return new Examples(Shape, pixels, read);
    }

    private static int Count(string path, int record)
    {
        const long Largest = 1 << 28;
        var length = FileSize.Of(path);
        return length > 0 && length % record == 0 && length <= Largest
            ? (int)(length / record)
            : throw Corrupt(path, $"has {length} bytes, which is no number of records of {record} bytes up to {Largest}");
    }

    private static byte Label(string path, int index, byte label, int classes) =>
        label < classes ? label : throw Corrupt(path, $"has label {label} in record {index}, but there are {classes} classes");

    private static DomainException Corrupt(string path, string problem) => new(FailureCodes.CorruptArtifact, $"CIFAR file '{path}' {problem}.", Remedy);
}
