using System.Text;

namespace SparsePipeline.Learning.Data.Text;

/// <summary>
/// Cuts a text into words that tokens do not reach across: runs of letters, of digits, of other signs, each with the space right before it, and runs of white
/// space, as GPT-2 does. Together they are the text.
/// </summary>
internal static class TextWords
{
    private static readonly Rune Space = new(' ');

    public static List<string> Of(ReadOnlySpan<Rune> text)
    {
        var words = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = EndOf(text, start);
            words.Add(string.Concat(text[start..end].ToArray()));
            start = end;
        }

        return words;
    }

    private static int EndOf(ReadOnlySpan<Rune> text, int start)
    {
        var first = text[start] == Space && start + 1 < text.Length && Kind(text[start + 1]) != ' ' ? start + 1 : start;
        var kind = Kind(text[first]);
        var end = first + 1;
        while (end < text.Length && Kind(text[end]) == kind)
            end++;
        // The last space of several belongs to the word after it.
        return kind == ' ' && end < text.Length && end - start > 1 && text[end - 1] == Space ? end - 1 : end;
    }

    private static char Kind(Rune character) =>
        Rune.IsWhiteSpace(character) ? ' ' : Rune.IsLetter(character) ? 'a' : Rune.IsDigit(character) ? '0' : '.';
}
