using System.Text.RegularExpressions;

namespace SparsePipeline.Deployment.Compose;

/// <summary>docker-compose.yml and the variables it uses.</summary>
internal static partial class ComposeFile
{
    public static string Text { get; } = Repository.Read("docker-compose.yml");

    public static Dictionary<object, object> Content { get; } = Yaml.Read(Text);

    public static IReadOnlyDictionary<string, object?> Services { get; } = Content.MapAt("services");

    /// <summary>What runs until it is stopped; the others end by themselves.</summary>
    public static IReadOnlyList<string> Lasting { get; } = [.. Services.Keys.Where(name => Services[name].TextAt("restart") == "unless-stopped")];

    /// <summary>Variables by name with what follows the name: nothing, <c>:-default</c>, <c>-default</c> or <c>:?message</c>.</summary>
    public static ILookup<string, string> Variables { get; } = VariableUse().Matches(Text)
        .ToLookup(match => match.Groups["name"].Value, match => match.Groups["rest"].Value, StringComparer.Ordinal);

    /// <summary>.env.example by name.</summary>
    public static IReadOnlyDictionary<string, string> Example { get; } = Repository.Read(".env.example").Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split('=', 2))
        .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    /// <summary>Settings of the pipeline that a service gets, by key (<c>S3:Bucket</c>).</summary>
    public static IReadOnlyDictionary<string, string> SettingsOf(string service) => Services[service].MapAt("environment")
        .Where(variable => variable.Key.StartsWith("SPARSEPIPELINE_", StringComparison.Ordinal))
        .ToDictionary(
            variable => variable.Key["SPARSEPIPELINE_".Length..].Replace("__", ":", StringComparison.Ordinal),
            variable => (string)variable.Value!,
            StringComparer.Ordinal);

    /// <summary>Names of the secrets a service may read.</summary>
    public static IReadOnlyList<string> SecretsOf(string service) =>
        [.. Services[service].ListAt("secrets").Select(secret => secret as string ?? secret.TextAt("source")!)];

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)(?<rest>:?[-?][^}]*)?\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex VariableUse();
}
