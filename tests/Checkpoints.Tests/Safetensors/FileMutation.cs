using System.Buffers.Binary;
using System.Text;

namespace SparsePipeline.Checkpoints.Tests;

/// <summary>Seeded damage to a file: blind (bytes, lengths, cuts) and informed (numbers and words of the header).</summary>
internal static class FileMutation
{
    private static readonly string[] Numbers =
    [
        "0", "1", "2", "3", "4", "7", "8", "12", "64", "-1", "4294967296", "9223372036854775807", "18446744073709551616",
        "1e9", "0.5", "null", "{}", "[]", "[0,1]", "\"1\"",
    ];

    private static readonly string[] Strings =
    [
        "F16", "F32", "F64", "BF16", "U8", "I64", "BOOL", "Q4", "dtype", "shape", "data_offsets", "fc.weight", "fc.shape",
        "conv.bitmask", "__metadata__", "weight_map", "../x", "\\ud800", "",
    ];

    public static byte[] Of(byte[] original, byte[] other, int seed)
    {
        var random = new Random(seed);
        var bytes = new List<byte>(original);
        for (var rounds = random.Next(1, 4); rounds > 0 && bytes.Count > 0; rounds--)
            Mutate(bytes, other, random);
        if (random.Next(8) > 0 && bytes.Count >= 8)
            RepairLength(bytes, original);
        return [.. bytes];
    }

    private static void Mutate(List<byte> bytes, byte[] other, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(18))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes.RemoveRange(at, bytes.Count - at); break;
            case 3: bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)); break;
            case 4: bytes.InsertRange(at, other.AsSpan(random.Next(other.Length / 2), random.Next(1, other.Length / 2)).ToArray()); break;
            case 5: bytes[Math.Min(bytes.Count - 1, random.Next(8))] = (byte)random.Next(256); break;
            case < 13: Replace(bytes, at, char.IsAsciiDigit, Numbers[random.Next(Numbers.Length)]); break;
            default: Replace(bytes, at, c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.', Strings[random.Next(Strings.Length)]); break;
        }
    }

    // Replaces the next run of such characters by another word of the format.
    private static void Replace(List<byte> bytes, int at, Predicate<char> isPart, string word)
    {
        var start = bytes.FindIndex(at, b => isPart((char)b));
        if (start < 0)
            return;
        var end = bytes.FindIndex(start, b => !isPart((char)b));
        bytes.RemoveRange(start, (end < 0 ? bytes.Count : end) - start);
        bytes.InsertRange(start, Encoding.UTF8.GetBytes(word));
    }

    // Makes the length prefix fit the changed header again, so that the damage is found by later checks and not by the first.
    private static void RepairLength(List<byte> bytes, byte[] original)
    {
        var length = BinaryPrimitives.ReadInt64LittleEndian(original);
        if (length > original.Length)
            return;
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, Math.Max(0, length + bytes.Count - original.Length));
        for (var i = 0; i < prefix.Length; i++)
            bytes[i] = prefix[i];
    }
}
