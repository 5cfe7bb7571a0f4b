using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace SparsePipeline.Deployment.Chart;

/// <summary>The Helm chart as files. Helm itself is not needed: templates are read with their expressions taken out.</summary>
internal static partial class ChartFiles
{
    private const string Folder = "infra/helm/sparsepipeline/";

    public static string Values { get; } = Repository.Read(Folder + "values.yaml");

    public static string Schema { get; } = Repository.Read(Folder + "values.schema.json");

    public static Dictionary<object, object> Chart { get; } = Yaml.Read(Repository.Read(Folder + "Chart.yaml"));

    /// <summary>Template texts by file name.</summary>
    public static IReadOnlyDictionary<string, string> Templates { get; } = Directory.EnumerateFiles(Repository.File(Folder + "templates"))
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal);

    /// <summary>What every loop over deployments goes through besides the workers.</summary>
    public static IReadOnlySet<string> Services { get; } = Templates.Values.Where(text => Loop().IsMatch(text))
        .Select(text => Loop().Match(text).Groups["services"].Value)
        .Select(services => ServiceName().Matches(services).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal))
        .Aggregate((all, some) => [.. all.Intersect(some, StringComparer.Ordinal)]);

    /// <summary>Paths of values that templates use: <c>broker.host</c>, and <c>workers.*.replicas</c> and those of services within loops over deployments.</summary>
    public static IReadOnlySet<string> UsedValues { get; } = Templates.Values
        .SelectMany(text => ValueUse().Matches(Loop().Replace(text, "")).Select(m => m.Groups["path"].Value)
            .Concat(WorkerUse().Matches(text).SelectMany(m => Services.Prepend("workers.*").Select(deployed => $"{deployed}.{m.Groups["path"].Value}"))))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The values as JSON, numbers and booleans as such.</summary>
    public static string ValuesAsJson(string values) => new SerializerBuilder().JsonCompatible().Build()
        .Serialize(new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(values));

    /// <summary>A template without its expressions: lines of nothing else are dropped, others get a letter in their place.</summary>
    public static string Stripped(string template) =>
        Expression().Replace(ExpressionLines().Replace(template, ""), "x");

    [GeneratedRegex(@"\.Values\.(?<path>[A-Za-z]+(\.[A-Za-z]+)*)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ValueUse();

    [GeneratedRegex(@"\$worker\.(?<path>[A-Za-z]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex WorkerUse();

    [GeneratedRegex(@"\{\{- range \$name, \$worker := (merge (?<services>.*) )?\.Values\.workers \}\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Loop();

    [GeneratedRegex("\\(dict \"(?<name>[a-z]+)\" ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ServiceName();

    [GeneratedRegex(@"^[ ]*\{\{[^\n]*\}\}[ ]*\n", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex ExpressionLines();

    [GeneratedRegex(@"\{\{[^\n}]*\}\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Expression();
}
