using System.Buffers.Binary;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Idx;

/// <summary>One IDX file of unsigned bytes: magic 0x000008RR with rank RR, the sizes as big-endian 32-bit integers, the values.</summary>
/// <param name="Sizes">Size per dimension, each at least 1.</param>
/// <param name="Values">Row-major.</param>
internal sealed record IdxFile(int[] Sizes, byte[] Values)
{
    /// <summary>No honest file of this family is larger, and a forged header must not allocate without bound.</summary>
    private const long LargestSize = int.MaxValue / 2;

    /// <summary>Reads a file that must have exactly the given rank and exactly the length its header says.</summary>
    /// <exception cref="DomainException">The file is truncated, too long, of another type or rank, or not valid gzip.</exception>
    public static IdxFile Read(string path, int rank)
    {
        try
        {
            using var stream = DataPath.Open(path);
            var sizes = ReadHeader(stream, path, rank);
            var values = ReadValues(stream, sizes.Aggregate(1L, (product, size) => product * size));
            return stream.ReadByte() < 0 ? new IdxFile(sizes, values) : throw Corrupt(path, "goes on after the values its header announces");
        }
        catch (EndOfStreamException)
        {
            throw Corrupt(path, "ends before the values its header announces");
        }
        catch (InvalidDataException error)
        {
            throw Corrupt(path, $"is not valid gzip ({error.Message})");
        }
    }

    public static DomainException Corrupt(string path, string problem) => new(
        FailureCodes.CorruptArtifact, $"IDX file '{path}' {problem}.", "Fetch the file again and compare its checksum with the publisher's.");

    private static int[] ReadHeader(Stream stream, string path, int rank)
    {
        Span<byte> header = stackalloc byte[4 * (rank + 1)];
        stream.ReadExactly(header);
        var magic = BinaryPrimitives.ReadInt32BigEndian(header);
        if (magic != 0x0800 + rank)
            throw Corrupt(path, $"starts with 0x{magic:x8}, not with 0x{0x0800 + rank:x8} (unsigned bytes of rank {rank})");
        var sizes = new int[rank];
        var product = 1L;
        for (var i = 0; i < rank; i++)
        {
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(header[(4 * (i + 1))..]);
            product = sizes[i] is < 1 ? -1 : product * sizes[i];
            if (product is < 1 or > LargestSize)
                throw Corrupt(path, $"announces an impossible size in dimension {i}: {sizes[i]}");
        }
        return sizes;
    }

    /// <summary>Grows while reading, so that a short file with a forged header costs no more memory than it has bytes.</summary>
    private static byte[] ReadValues(Stream stream, long count)
    {
        using var values = new MemoryStream((int)Math.Min(count, 1 << 20));
        var buffer = new byte[1 << 16];
        while (values.Length < count)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, count - values.Length));
            if (read == 0)
                throw new EndOfStreamException();
            values.Write(buffer, 0, read);
        }
        return values.ToArray();
    }
}
