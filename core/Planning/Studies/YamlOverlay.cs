namespace SparsePipeline.Planning;

/// <summary>Puts values into a recipe that was read, before it is checked.</summary>
internal static class YamlOverlay
{
    /// <summary>The tree with one field replaced or added, groups on the way included. The original stays as it is.</summary>
    public static YamlMapping Set(YamlMapping tree, string field, YamlNode value)
    {
        var parts = field.Split('.', 2);
        var known = tree.Fields.FirstOrDefault(f => f.Key.Text == parts[0]);
        var key = known?.Key ?? new YamlScalar(value.Position, parts[0], Quoted: false);
        var inner = parts.Length == 1 ? value : Set(known?.Value as YamlMapping ?? Named(known?.Value, value.Position), parts[1], value);
        var changed = new YamlField(key, inner);
        return tree with { Fields = [.. tree.Fields.Select(f => f == known ? changed : f), .. known is null ? [changed] : (YamlField[])[]] };
    }

    // 'model: mlp' is short for a group with a name; options put below it must not lose that.
    private static YamlMapping Named(YamlNode? value, YamlPosition at) => value is YamlScalar { IsNull: false } name
        ? new(value.Position, [new(new YamlScalar(value.Position, "name", Quoted: false), name)])
        : new(at, []);
}
