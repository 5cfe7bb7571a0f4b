using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// The files of a recipe that came over a network. They are in the store already, so the recipe says their digest, size and format; a path would say nothing
/// here. While the recipe is checked a path of the same field stands for each.
/// </summary>
internal sealed class ReceivedFiles(ErrorList errors)
{
    private const int DigestLength = 64;

    private static readonly (string Stored, string Path, string Format)[] Fields =
    [
        ("pretraining.checkpoint", "pretraining.weights", ArtifactFormats.Safetensors),
        ("model.script", "model.file", ArtifactFormats.TorchScript),
        ("soup.checkpoints", "soup.networks", ArtifactFormats.Safetensors),
        ("soup.anchorCheckpoint", "soup.anchorNetwork", ArtifactFormats.Safetensors),
    ];

    private readonly Dictionary<string, ArtifactRef> _files = new(StringComparer.Ordinal);

    /// <summary>The tree with a path for every stored file; what is wrong is reported.</summary>
    public YamlNode Named(YamlNode tree)
    {
        foreach (var (stored, path, format) in Fields)
            tree = Replace(tree, stored, path, format);
        if (Find(tree, "data.path") is { Value: YamlScalar { IsNull: false } given } && Find(tree, "data.digest") is null)
            Refuse(given, "data.path", RecipeError.DataDigestMissing, $"The path '{given.Text}' is one of the workers' machines, and data.digest does not say what is there.", "Give data.digest, which `sparsepipe plan` with --json prints where the data is.");
        return tree;
    }

    /// <summary>The recipe with the stored files in place of the paths.</summary>
    public Recipe In(Recipe recipe) => recipe with
    {
        Model = recipe.Model with { File = null, Script = Of(recipe.Model.File) },
        Pretraining = recipe.Pretraining with { Weights = null, Checkpoint = Of(recipe.Pretraining.Weights) },
        Soup = recipe.Soup with
        {
            Networks = null,
            Checkpoints = recipe.Soup.Networks is { } networks ? [.. networks.Select(n => Of(n)!)] : null,
            AnchorNetwork = null,
            AnchorCheckpoint = Of(recipe.Soup.AnchorNetwork),
        },
    };

    private ArtifactRef? Of(string? path) => path is null ? null : _files[path];

    private YamlNode Replace(YamlNode tree, string stored, string path, string format)
    {
        if (Find(tree, path) is { Value: YamlScalar { IsNull: false } or YamlSequence } local)
            Refuse(local.Value, path, RecipeError.LocalFile, $"{path} names a file of the sender's machine, which nobody reads here.", $"Upload the file and give {stored}: {{ digest: …, sizeBytes: …, format: {format} }}.");
        if (Find(tree, stored) is not { } field)
            return tree;
        var (section, name) = Split(path);
        var value = field.Value is YamlSequence list
            ? new YamlSequence(list.Position, [.. list.Items.Select((item, i) => Path(item, $"{stored}[{i}]", format))])
            : Path(field.Value, stored, format);
        var fields = (YamlMapping)Find(tree, section)!.Value;
        var renamed = fields with
        {
            Fields = [.. fields.Fields.Where(f => f.Key.Text != name).Select(f => f == field ? new YamlField(f.Key with { Text = name }, value) : f)],
        };
        return YamlOverlay.Set((YamlMapping)tree, section, renamed);
    }

    private YamlNode Path(YamlNode node, string field, string format)
    {
        var digest = Text(node, "digest");
        var size = Text(node, "sizeBytes");
        if (digest is not { Length: DigestLength } || digest.AsSpan().ContainsAnyExcept("0123456789abcdef"))
            Refuse(node, field, RecipeError.Invalid, $"{field}.digest is {Shown(digest)}.", "Give the 64 lower-case hexadecimal digits of the file's SHA-256.");
        if (!long.TryParse(size, out var bytes) || bytes < 1)
            Refuse(node, field, RecipeError.Invalid, $"{field}.sizeBytes is {Shown(size)}.", "Give the length of the file in bytes.");
        if (Text(node, "format") is var said && said != format)
            Refuse(node, field, RecipeError.Invalid, $"{field}.format is {Shown(said)}.", $"Give a file of the format {format}.");
        if (node is YamlMapping mapping)
            foreach (var unknown in mapping.Fields.Where(f => f.Key.Text is not ("digest" or "sizeBytes" or "format")))
                Refuse(unknown.Key, $"{field}.{unknown.Key.Text}", RecipeError.Invalid, "There is no such field.", "Give digest, sizeBytes and format.");
        // Two files that are refused are two, too.
        var path = digest ?? $"#{_files.Count}";
        _files[path] = new ArtifactRef(path, bytes, format);
        return new YamlScalar(node.Position, path, Quoted: true);
    }

    private void Refuse(YamlNode at, string field, string code, string reason, string remedy) =>
        errors.Add(new RecipeError(at.Position.Line, at.Position.Column, field, reason, remedy) { Code = code });

    private static string Shown(string? text) => text is null ? "missing" : $"'{text}'";

    private static string? Text(YamlNode node, string name) =>
        ((node as YamlMapping)?.Fields.FirstOrDefault(f => f.Key.Text == name)?.Value as YamlScalar)?.Text;

    private static (string Section, string Name) Split(string field) => (field[..field.IndexOf('.')], field[(field.IndexOf('.') + 1)..]);

    private static YamlField? Find(YamlNode tree, string field) => field.Split('.').Aggregate(
        new YamlField(new YamlScalar(tree.Position, "", Quoted: false), tree),
        (YamlField? found, string name) => (found?.Value as YamlMapping)?.Fields.FirstOrDefault(f => f.Key.Text == name));
}
