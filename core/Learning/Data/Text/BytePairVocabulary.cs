using System.Text;

namespace SparsePipeline.Learning.Data.Text;

/// <summary>
/// Numbers for pieces of words: first the characters of a <see cref="CharacterVocabulary"/>, then, one after another, the most frequent pair of neighbouring tokens in
/// the words of the training text, as one token (Sennrich, Haddow, Birch: Neural Machine Translation of Rare Words with Subword Units, ACL 2016, arXiv 1508.07909).
/// </summary>
/// <remarks>
/// Of equally frequent pairs the one of lower numbers comes first; pairs that occur once are left apart. Pairs are of characters, not of bytes: a character that has no
/// number stays unknown. A text is encoded word by word by joining, as long as there is one, the neighbours whose union is the token of the lowest number, so the list
/// of tokens is all that others need.
/// </remarks>
internal sealed class BytePairVocabulary : Vocabulary
{
    private const int FewestPairs = 2;

    private readonly List<string> _tokens;
    private readonly Dictionary<string, int> _numbers;
    private readonly Dictionary<string, int[]> _known = new(StringComparer.Ordinal);

    private BytePairVocabulary(IEnumerable<string> characters)
    {
        _tokens = [.. characters];
        _numbers = _tokens.Select((token, i) => (token, i)).Skip(1).ToDictionary(StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Tokens => _tokens;

    /// <summary>The vocabulary of the texts.</summary>
    /// <param name="texts">Those that are trained on.</param>
    /// <param name="largest">Most tokens, the one for unknown characters included.</param>
    public static BytePairVocabulary Of(IReadOnlyList<Rune[]> texts, int largest)
    {
        var vocabulary = new BytePairVocabulary(CharacterVocabulary.Of(texts, largest).Tokens);
        var pairs = new TokenPairs(texts.SelectMany(t => TextWords.Of(t)).CountBy(w => w, StringComparer.Ordinal)
            .OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => (vocabulary.Characters(w.Key), w.Value)));
        while (vocabulary.Size < largest && pairs.MostFrequent(FewestPairs) is { } pair)
            pairs.Join(pair, vocabulary.Add(vocabulary._tokens[pair.Left] + vocabulary._tokens[pair.Right]));
        return vocabulary;
    }

    /// <inheritdoc />
    public override int[] Encode(ReadOnlySpan<Rune> text)
    {
        var encoded = new List<int>(text.Length / 2);
        foreach (var word in TextWords.Of(text))
            encoded.AddRange(_known.TryGetValue(word, out var known) ? known : _known[word] = Join(word));
        return [.. encoded];
    }

    // Two pairs may spell the same.
    private int Add(string token)
    {
        if (_numbers.TryGetValue(token, out var known))
            return known;
        _tokens.Add(token);
        return _numbers[token] = _tokens.Count - 1;
    }

    private List<int> Characters(string word) => [.. word.EnumerateRunes().Select(c => _numbers.GetValueOrDefault(c.ToString()))];

    private int[] Join(string word)
    {
        var tokens = Characters(word);
        while (true)
        {
            var (best, at) = (int.MaxValue, -1);
            for (var i = 0; i + 1 < tokens.Count; i++)
                if (tokens[i] != 0 && tokens[i + 1] != 0 && _numbers.TryGetValue(_tokens[tokens[i]] + _tokens[tokens[i + 1]], out var joined) && joined < best)
                    (best, at) = (joined, i);
            if (at < 0)
                return [.. tokens];
            tokens[at] = best;
            tokens.RemoveAt(at + 1);
        }
    }
}
