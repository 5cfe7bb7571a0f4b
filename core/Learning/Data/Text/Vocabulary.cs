using System.Text;

namespace SparsePipeline.Learning.Data.Text;

/// <summary>Numbers for the tokens of a text; 0 stands for every character that has none. The same training text gives the same numbers.</summary>
internal abstract class Vocabulary
{
    /// <summary>What a byte tells apart.</summary>
    public const int Bytes = 256;

    /// <summary>The token of every number; the first, for unknown characters, is empty.</summary>
    public abstract IReadOnlyList<string> Tokens { get; }

    /// <summary>Tokens, the one for unknown characters included.</summary>
    public int Size => Tokens.Count;

    /// <summary>The numbers of a text, token after token.</summary>
    public abstract int[] Encode(ReadOnlySpan<Rune> text);
}
