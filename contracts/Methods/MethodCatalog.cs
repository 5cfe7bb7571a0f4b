namespace SparsePipeline.Contracts;

/// <summary>All registered methods of all axes: what recipes may name.</summary>
public sealed class MethodCatalog(IEnumerable<MethodInfo> methods)
{
    /// <summary>Ordered by axis as listed in <see cref="MethodAxes.All"/>, then by name.</summary>
    public IReadOnlyList<MethodInfo> Methods { get; } =
        [.. methods.OrderBy(m => MethodAxes.All.ToList().IndexOf(m.Axis)).ThenBy(m => m.Name, StringComparer.Ordinal)];

    /// <summary>The method, or null when the axis has none of that name.</summary>
    public MethodInfo? Find(string axis, string name) => Methods.FirstOrDefault(m => m.Axis == axis && m.Name == name);

    /// <summary>The names an axis knows, in ordinal order.</summary>
    public IReadOnlyList<string> Names(string axis) => [.. Methods.Where(m => m.Axis == axis).Select(m => m.Name)];
}
