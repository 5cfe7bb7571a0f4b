namespace SparsePipeline.Checkpoints;

/// <summary>The tensors of one file by name, for rules that look for tensors that belong together.</summary>
internal sealed class TensorNames
{
    private readonly Dictionary<string, TensorInfo> _byName;

    public TensorNames(IEnumerable<TensorInfo> tensors)
    {
        All = [.. tensors.OrderBy(t => t.Name, StringComparer.Ordinal)];
        _byName = All.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>In ordinal name order, so that the evidence does not depend on the order in the file.</summary>
    public IReadOnlyList<TensorInfo> All { get; }

    public TensorInfo? Find(string name) => _byName.GetValueOrDefault(name);

    public bool Has(string name) => _byName.ContainsKey(name);

    /// <summary>The module a name lies in, with its dot (empty at the root), and what is left.</summary>
    public static (string Module, string Leaf) Split(string name)
    {
        var at = name.LastIndexOf('.') + 1;
        return (name[..at], name[at..]);
    }

    /// <summary>The name with one of its dot-separated segments replaced; null when it has no such segment.</summary>
    public static string? Replace(string name, string segment, string by)
    {
        var parts = name.Split('.');
        var at = Array.IndexOf(parts, segment);
        if (at < 0)
            return null;
        parts[at] = by;
        return string.Join('.', parts);
    }
}
