namespace SparsePipeline.Architecture;

/// <summary>Calls in a line of source.</summary>
internal static class CallText
{
    /// <summary>Where the arguments of each call that begins so start.</summary>
    public static IEnumerable<int> IndexesAfter(this string line, string call)
    {
        for (var at = line.IndexOf(call, StringComparison.Ordinal); at >= 0; at = line.IndexOf(call, at + 1, StringComparison.Ordinal))
            yield return at + call.Length;
    }

    /// <summary>How many arguments a call has whose first one starts there; one that goes on in the next line counts as it stands in this one.</summary>
    public static int ArgumentsFrom(this string line, int start)
    {
        var (depth, arguments) = (0, 1);
        for (var i = start; i < line.Length && depth >= 0; i++)
        {
            depth += line[i] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            arguments += depth == 0 && line[i] == ',' ? 1 : 0;
        }

        return arguments;
    }
}
