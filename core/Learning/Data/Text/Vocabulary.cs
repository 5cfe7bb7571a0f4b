using System.Text;

namespace SparsePipeline.Learning.Data.Text;

/// <summary>
/// Numbers for characters: the 255 most frequent ones of the training text, of equally frequent ones those of lower code point, count from 1
/// in the order of their code points; 0 stands for every other. The same text gives the same numbers.
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>With the one for unknown characters: as many as a byte tells apart.</summary>
    private const int Largest = 256;

    private readonly Dictionary<Rune, byte> _symbols;

    private Vocabulary(Dictionary<Rune, byte> symbols) => _symbols = symbols;

    /// <summary>Symbols, the one for unknown characters included.</summary>
    public int Size => _symbols.Count + 1;

    /// <summary>The character of every number; the first, for unknown ones, is empty.</summary>
    public IReadOnlyList<string> Characters => ["", .. _symbols.OrderBy(s => s.Value).Select(s => s.Key.ToString())];

    /// <summary>The vocabulary of the texts.</summary>
    public static Vocabulary Of(IEnumerable<Rune[]> texts)
    {
        var known = texts.SelectMany(t => t).CountBy(c => c)
            .OrderByDescending(c => c.Value).ThenBy(c => c.Key)
            .Take(Largest - 1)
            .Select(c => c.Key)
            .Order();
        return new Vocabulary(known.Select((character, i) => (character, i)).ToDictionary(p => p.character, p => (byte)(p.i + 1)));
    }

    /// <summary>One symbol per character.</summary>
    public byte[] Encode(ReadOnlySpan<Rune> text)
    {
        var symbols = new byte[text.Length];
        for (var i = 0; i < symbols.Length; i++)
            symbols[i] = _symbols.GetValueOrDefault(text[i]);
        return symbols;
    }
}
