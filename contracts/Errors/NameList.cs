namespace SparsePipeline.Contracts;

/// <summary>Many names in one clause: nobody reads 48 of them.</summary>
public static class NameList
{
    private const int Shown = 3;

    /// <summary>The names in quotes; of more than four the first three and how many there are beside them.</summary>
    public static string Quoted(IReadOnlyCollection<string> names) => Text([.. names.Select(n => $"'{n}'")]);

    /// <summary>The texts; of more than four the first three and how many there are beside them.</summary>
    public static string Text(IReadOnlyCollection<string> texts, string separator = ", ") =>
        texts.Count <= Shown + 1 ? string.Join(separator, texts) : $"{string.Join(separator, texts.Take(Shown))} and {texts.Count - Shown} more";
}
