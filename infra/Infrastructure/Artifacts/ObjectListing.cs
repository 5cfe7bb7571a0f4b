namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>Walks documents in the ordinal order of their keys, one folder in memory at a time.</summary>
internal static class ObjectListing
{
    /// <summary>
    /// Keys below <paramref name="folder"/> (empty, or with a slash at its end) whose next segment starts with <paramref name="start"/> and that come
    /// after <paramref name="after"/> (empty for all). Folders that come before it as a whole are not opened.
    /// </summary>
    public static IEnumerable<string> Under(string root, string folder, string start, string after)
    {
        foreach (var entry in Entries(Path.Combine(root, folder), start))
        {
            var path = folder + entry;
            if (string.CompareOrdinal(path, after) <= 0 && !(entry.EndsWith('/') && after.StartsWith(path, StringComparison.Ordinal)))
                continue;
            if (!entry.EndsWith('/'))
                yield return path;
            else
                foreach (var key in Under(root, path, "", after))
                    yield return key;
        }
    }

    // A folder sorts as "name/", as its keys do: "a-b/x" comes before "a/x".
    private static string[] Entries(string path, string start)
    {
        try
        {
            var entries = new DirectoryInfo(path).EnumerateFileSystemInfos(start + "*")
                .Select(e => e is DirectoryInfo ? e.Name + "/" : e.Name)
                .Where(n => !n.StartsWith('.') && (n.EndsWith('/') || n.EndsWith(ObjectKeys.Extension, StringComparison.Ordinal)))
                .ToArray();
            Array.Sort(entries, StringComparer.Ordinal);
            return entries;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
