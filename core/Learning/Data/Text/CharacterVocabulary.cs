using System.Text;

namespace SparsePipeline.Learning.Data.Text;

/// <summary>
/// Numbers for characters: the most frequent ones of the training text, of equally frequent ones those of lower code point, count from 1
/// in the order of their code points; 0 stands for every other.
/// </summary>
internal sealed class CharacterVocabulary : Vocabulary
{
    private readonly Dictionary<Rune, int> _symbols;

    private CharacterVocabulary(Dictionary<Rune, int> symbols) => _symbols = symbols;

    /// <inheritdoc />
    public override IReadOnlyList<string> Tokens => field ??= ["", .. _symbols.OrderBy(s => s.Value).Select(s => s.Key.ToString())];

    /// <summary>The vocabulary of the texts.</summary>
    /// <param name="texts">Those that are trained on.</param>
    /// <param name="largest">Most tokens, the one for unknown characters included.</param>
    public static CharacterVocabulary Of(IEnumerable<Rune[]> texts, int largest)
    {
        var known = texts.SelectMany(t => t).CountBy(c => c)
            .OrderByDescending(c => c.Value).ThenBy(c => c.Key)
            .Take(largest - 1)
            .Select(c => c.Key)
            .Order();
        return new CharacterVocabulary(known.Select((character, i) => (character, i)).ToDictionary(p => p.character, p => p.i + 1));
    }

    /// <summary>One token per character.</summary>
    public override int[] Encode(ReadOnlySpan<Rune> text)
    {
        var symbols = new int[text.Length];
        for (var i = 0; i < symbols.Length; i++)
            symbols[i] = _symbols.GetValueOrDefault(text[i]);
        return symbols;
    }
}
