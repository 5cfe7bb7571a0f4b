namespace SparsePipeline.Cli.Runs;

/// <summary>Writes command lines that can be pasted into a shell.</summary>
internal static class ShellText
{
    /// <summary>The words, quoted where a shell would read them differently.</summary>
    public static string Join(params IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=@,+".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
