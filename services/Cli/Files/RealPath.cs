namespace SparsePipeline.Cli.Files;

/// <summary>Where a path leads when every link on the way is followed, so that two names of one file are seen to be one.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>Also for a file that is not there yet. Links in a circle are left as they are.</summary>
    public static string Of(string path) => Of(Path.GetFullPath(path), MostLinks);

    private static string Of(string full, int links)
    {
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var self = Path.Combine(Of(parent, links), Path.GetFileName(full));
        return links > 0 && new FileInfo(self).LinkTarget is { } target
            ? Of(Path.GetFullPath(target, Path.GetDirectoryName(self)!), links - 1)
            : self;
    }
}
