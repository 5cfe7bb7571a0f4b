using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using System.Xml.Linq;
using SparsePipeline.Contracts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>What has to be done to raw data before a network of the run takes it, and what its logits stand for.</summary>
internal static class InputSection
{
    // Characters of a text may be such as no page can hold.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static XElement? Draw(RunReport report) => report.Inputs is not { } inputs
        ? null
        : Element(
            "section",
            null,
            Element("h2", null, inputs.Labels.Count > 0 ? "Inputs and classes" : "Inputs"),
            Element("p", "note", $"{What(inputs)} Checkpoints and exports hold the same in their metadata."),
            inputs.Mean.Count == 0 ? null : Fold("Standardisation", Table.Draw([Part(inputs), "Mean", "Deviation"], Rows(inputs))),
            inputs.Vocabulary is { } vocabulary
                ? Fold($"Vocabulary ({vocabulary.Count}), from number 0 on", Text(vocabulary))
                : inputs.Labels.Count > 0 ? Fold($"Classes ({inputs.Labels.Count}), in the order of the logits", Text(inputs.Labels)) : null);

    private static string What(InputDescription inputs)
    {
        var shape = string.Join(" × ", inputs.Shape);
        return inputs.Kind == DataKinds.Text
            ? $"A network takes {shape} numbers of {(inputs.Tokens is null ? "characters" : "tokens")} and says which comes next after each."
            : $"A network takes {shape} values, (raw − mean) / deviation{Says(inputs)}";
    }

    private static string Says(InputDescription inputs) => inputs switch
    {
        { Target: { } target } => $", and says one number, which times {Number(target.Deviation)} plus {Number(target.Mean)} is {target.Name ?? "the target"}.",
        { Labels.Count: 0 } => ".",
        _ => ", and gives one logit per class.",
    };

    private static string Part(InputDescription inputs) => inputs.Kind == DataKinds.Numbers ? "Column" : "Channel";

    private static IEnumerable<TableRow> Rows(InputDescription inputs) => inputs.Mean.Select((mean, i) => new TableRow(
        [inputs.Columns?[i] ?? (i + 1).ToString(CultureInfo.InvariantCulture), Number(mean), Number(inputs.Deviation[i])]));

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static XElement Text(IReadOnlyList<string> names) => Element("p", null, Element("code", null, JsonSerializer.Serialize(names, Readable)));

    private static XElement Fold(string title, XElement content) => Element("details", null, Element("summary", null, title), content);
}
