namespace SparsePipeline.Learning.Data.Text;

/// <summary>How often tokens are neighbours in the words of a text, while pairs become tokens.</summary>
internal sealed class TokenPairs
{
    private readonly List<(List<int> Tokens, int Count)> _words;
    private readonly Dictionary<(int Left, int Right), long> _counts = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _places = [];

    // Counts change while entries wait; an entry whose count is not the pair's any more is passed over.
    private readonly PriorityQueue<(int Left, int Right), (long Count, int Left, int Right)> _order = new();

    /// <param name="words">Each as tokens, with how often it occurs; 0 is no part of a pair.</param>
    public TokenPairs(IEnumerable<(List<int> Tokens, int Count)> words)
    {
        _words = [.. words];
        for (var word = 0; word < _words.Count; word++)
            Count(word, sign: 1);
        foreach (var pair in _counts.Keys)
            Enqueue(pair);
    }

    /// <summary>The pair that occurs most often, of several the one of lower numbers; null when none occurs so often.</summary>
    public (int Left, int Right)? MostFrequent(int least)
    {
        while (_order.TryDequeue(out var pair, out var seen))
            if (_counts.GetValueOrDefault(pair) is var count && count == -seen.Count)
                return count >= least ? pair : null;
        return null;
    }

    /// <summary>Makes one token of a pair wherever it occurs, from left to right.</summary>
    public void Join((int Left, int Right) pair, int token)
    {
        var changed = new HashSet<(int, int)>();
        foreach (var word in _places[pair].Order().ToList())
        {
            changed.UnionWith(Count(word, sign: -1));
            var tokens = _words[word].Tokens;
            for (var i = 0; i + 1 < tokens.Count; i++)
            {
                if ((tokens[i], tokens[i + 1]) != pair)
                    continue;
                tokens[i] = token;
                tokens.RemoveAt(i + 1);
            }

            changed.UnionWith(Count(word, sign: 1));
        }

        foreach (var other in changed)
            Enqueue(other);
    }

    private List<(int, int)> Count(int word, int sign)
    {
        var (tokens, count) = _words[word];
        var pairs = new List<(int, int)>();
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            var pair = (tokens[i], tokens[i + 1]);
            if (pair.Item1 == 0 || pair.Item2 == 0)
                continue;
            pairs.Add(pair);
            _counts[pair] = _counts.GetValueOrDefault(pair) + (sign * count);
            if (!_places.TryGetValue(pair, out var places))
                _places[pair] = places = [];
            if (sign > 0)
                places.Add(word);
            else
                places.Remove(word);
        }

        return pairs;
    }

    private void Enqueue((int Left, int Right) pair)
    {
        if (_counts[pair] > 0)
            _order.Enqueue(pair, (-_counts[pair], pair.Left, pair.Right));
    }
}
