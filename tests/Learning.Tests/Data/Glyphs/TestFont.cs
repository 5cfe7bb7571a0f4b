using System.Buffers.Binary;
using System.Text;

namespace SparsePipeline.Learning.Tests.Data.Glyphs;

/// <summary>Writes TrueType fonts in which every character is one quadrangle: the smallest files that are fonts.</summary>
internal static class TestFont
{
    private const char First = '0';
    private const char Last = 'z';

    /// <param name="family">Family name.</param>
    /// <param name="characters">What the font has; others in between are missing.</param>
    /// <param name="corners">Four corners of a character's outline, clockwise, in units of 1/1000.</param>
    public static byte[] Write(string family, string characters, Func<char, (short X, short Y)[]> corners)
    {
        byte[][] glyphs = [[], .. characters.Select(c => Glyph(corners(c)))];
        return File(new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["cmap"] = CharacterMap(characters),
            ["glyf"] = [.. glyphs.SelectMany(g => g)],
            ["head"] = Words(1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000, 1000, 0, 8, 2, 1, 0),
            ["hhea"] = Words(1, 0, 1000, 0, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, 1),
            ["hmtx"] = Words([1000, 0, .. Enumerable.Repeat(0, characters.Length)]),
            ["loca"] = [.. Offsets(glyphs).SelectMany(o => Words(o >> 16, o & 0xFFFF))],
            ["maxp"] = Words(1, 0, glyphs.Length, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
            ["name"] = Name(family),
        });
    }

    private static byte[] Glyph((short X, short Y)[] corners)
    {
        var (x, y) = (corners.Select(c => c.X), corners.Select(c => c.Y));
        byte[] header = Words(1, x.Min(), y.Min(), x.Max(), y.Max(), corners.Length - 1, 0);
        byte[] onCurve = [1, 1, 1, 1];
        return [.. header, .. onCurve, .. Words(Steps(x)), .. Words(Steps(y))];
    }

    private static int[] Steps(IEnumerable<short> values)
    {
        var list = values.ToList();
        return [.. list.Select((v, i) => i == 0 ? v : v - list[i - 1])];
    }

    private static IEnumerable<int> Offsets(byte[][] glyphs)
    {
        var at = 0;
        yield return 0;
        foreach (var glyph in glyphs)
            yield return at += glyph.Length;
    }

    private static byte[] CharacterMap(string characters)
    {
        var ids = Enumerable.Range(First, Last - First + 1).Select(c => characters.IndexOf((char)c) + 1).ToArray();
        return Words([0, 1, 3, 1, 0, 12, 6, 10 + 2 * ids.Length, 0, First, ids.Length, .. ids]);
    }

    private static byte[] Name(string family)
    {
        var text = Encoding.BigEndianUnicode.GetBytes(family);
        return [.. Words(0, 1, 18, 3, 1, 0x409, 1, text.Length, 0), .. text];
    }

    private static byte[] File(SortedDictionary<string, byte[]> tables)
    {
        var offset = 12 + 16 * tables.Count;
        var directory = new List<byte>(Words(1, 0, tables.Count, 128, 3, 0));
        var body = new List<byte>();
        foreach (var (tag, table) in tables)
        {
            var at = offset + body.Count;
            directory.AddRange([.. Encoding.ASCII.GetBytes(tag), .. Words(0, 0, at >> 16, at & 0xFFFF, table.Length >> 16, table.Length & 0xFFFF)]);
            body.AddRange([.. table, .. new byte[-table.Length & 3]]);
        }
        return [.. directory, .. body];
    }

    private static byte[] Words(params int[] values)
    {
        var bytes = new byte[2 * values.Length];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(2 * i), (short)values[i]);
        return bytes;
    }
}
