using System.Text;

namespace SparsePipeline.Architecture;

/// <summary>Reads calls and the texts in them out of C# source, as far as the messages of this repository need it.</summary>
internal static class SourceText
{
    /// <summary>The source of each argument of a call.</summary>
    /// <param name="source">C#.</param>
    /// <param name="start">Behind the call's opening parenthesis.</param>
    public static IReadOnlyList<string> Arguments(string source, int start)
    {
        var arguments = new List<string>();
        var (depth, begin) = (0, start);
        for (var at = start; at < source.Length; at++)
        {
            if (source[at] == '"')
                at = EndOfLiteral(source, at, IsInterpolated(source, at), text: null);
            else if (source[at] is '(' or '[' or '{')
                depth++;
            else if (source[at] == ',' && depth == 0)
                (arguments, begin) = ([.. arguments, source[begin..at]], at + 1);
            else if (source[at] is ')' or ']' or '}' && depth-- == 0)
                return [.. arguments, source[begin..at]];
        }

        return arguments;
    }

    /// <summary>The texts in a piece of source, with a word in place of each value.</summary>
    public static IReadOnlyList<string> Texts(string source)
    {
        var texts = new List<string>();
        for (var at = 0; at < source.Length; at++)
        {
            if (source[at] != '"')
                continue;
            var text = new StringBuilder();
            at = EndOfLiteral(source, at, IsInterpolated(source, at), text);
            texts.Add(text.ToString());
        }

        return texts;
    }

    private static bool IsInterpolated(string source, int quote) => quote > 0 && source[quote - 1] == '$';

    private static int EndOfLiteral(string source, int quote, bool isInterpolated, StringBuilder? text)
    {
        for (var at = quote + 1; ; at++)
        {
            if (source[at] == '"')
                return at;
            if (source[at] == '\\' || (isInterpolated && source[at] is ('{' or '}') && source[at + 1] == source[at]))
                at++;
            else if (isInterpolated && source[at] == '{')
            {
                at = EndOfHole(source, at);
                text?.Append("VALUE");
                continue;
            }

            text?.Append(source[at]);
        }
    }

    private static int EndOfHole(string source, int brace)
    {
        var depth = 0;
        for (var at = brace; ; at++)
        {
            if (source[at] == '"')
                at = EndOfLiteral(source, at, IsInterpolated(source, at), text: null);
            else if (source[at] == '{')
                depth++;
            else if (source[at] == '}' && --depth == 0)
                return at;
        }
    }
}
