using System.Buffers.Binary;
using System.Text;

namespace SparsePipeline.Checkpoints.Tests;

/// <summary>Writes safetensors files that no writer would.</summary>
internal static class RawFile
{
    public static byte[] Bytes(string header, int dataLength = 0) => Bytes(Encoding.UTF8.GetBytes(header), dataLength);

    public static byte[] Bytes(byte[] header, int dataLength = 0)
    {
        var file = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }
}
