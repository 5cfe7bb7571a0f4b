using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Tests.Documentation;

/// <summary>Writes docs/configuration.md from the option classes.</summary>
internal static class ConfigurationDocument
{
    private const string Head = """
        # Configuration

        Generated from the option classes; a test fails when this page is stale (`make docs` writes it).

        Every service reads, later sources winning: `{service}.settings.json` beside the program (`trainer.settings.json`, …), environment
        variables with the prefix `SPARSEPIPELINE_` (`SPARSEPIPELINE_Store__Folder=/data`), the command line (`--Store:Folder=/data`).
        All values are checked at the start; the message names every wrong one.

        Besides these keys, the section `Serilog` sets log levels (`Serilog:MinimumLevel:Default`) and may add sinks, and the standard
        `OTEL_*` variables switch telemetry on: traces and metrics are exported when `OTEL_EXPORTER_OTLP_ENDPOINT` (or its `_TRACES_` or
        `_METRICS_` form) is set. The log goes to standard error.

        """;

    private static readonly Assembly Infrastructure = typeof(StoreOptions).Assembly;

    /// <summary>Every option class with the sections it is bound to.</summary>
    public static IEnumerable<(Type Type, string[] Sections)> Sections() => Infrastructure.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && t.Name.EndsWith("Options", StringComparison.Ordinal))
        .Select(t => (t, SectionsOf(t)))
        .OrderBy(s => s.Item2[0], StringComparer.Ordinal);

    public static string Render()
    {
        var summaries = new XmlSummaries(Infrastructure);
        var text = new StringBuilder(Head);
        foreach (var (type, sections) in Sections())
            Append(text, summaries, type, sections);
        return text.ToString();
    }

    public static PropertyInfo[] PropertiesOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite)];

    private static void Append(StringBuilder text, XmlSummaries summaries, Type type, string[] sections)
    {
        text.Append($"\n## {string.Join(", ", sections)}\n\n{summaries.Of(type)}\n\n| key | default | range | meaning |\n|---|---|---|---|\n");
        foreach (var section in sections)
        {
            foreach (var property in PropertiesOf(type))
                text.Append($"| `{section}:{property.Name}` | {DefaultOf(type, property)} | {RangeOf(property)} | {summaries.Of(property)} |\n");
        }
    }

    private static string[] SectionsOf(Type type) =>
        type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() is string section
            ? [section]
            : [.. StepKinds.Infos.Select(kind => kind.Section).Distinct()]; // StepWorkerOptions, bound once per service

    private static string DefaultOf(Type type, PropertyInfo property) =>
        property.GetValue(Activator.CreateInstance(type)) is { } value ? $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`" : "empty";

    private static string RangeOf(PropertyInfo property) => property.GetCustomAttributes().Select(a => a switch
    {
        RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} – {range.Maximum}"),
        AllowedValuesAttribute allowed => string.Join(", ", allowed.Values.Select(v => $"`{v}`")),
        UrlAttribute => "URL",
        RequiredAttribute => "not empty",
        _ => null,
    }).FirstOrDefault(r => r is not null) ?? "";
}
