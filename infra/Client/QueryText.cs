namespace SparsePipeline.Client;

/// <summary>Addresses with a query.</summary>
internal static class QueryText
{
    /// <summary>A path with those parameters that have a value.</summary>
    public static string Of(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var mark = '?';
        foreach (var (name, value) in parameters)
        {
            if (value is null)
                continue;
            path += $"{mark}{name}={Uri.EscapeDataString(value)}";
            mark = '&';
        }
        return path;
    }
}
