using System.Xml.Linq;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Settings;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>The recipe as it was run: every setting, and which of them are not the defaults.</summary>
internal static class SettingsSection
{
    public static XElement Draw(RunReport report, MethodCatalog catalog)
    {
        var settings = RecipeSettings.Of(report.Recipe, catalog);
        return Element(
            "section",
            null,
            Element("h2", null, "Settings"),
            Element("p", "note", $"The recipe as it was run. {settings.Count(s => s.IsChanged)} of {settings.Count} settings are not the defaults of this version, or have none; "
                + "they are marked with ● and come first."),
            Table(settings.Where(s => s.IsChanged), "settings changed"),
            Element("details", null, Element("summary", null, "Settings at their defaults"), Table(settings.Where(s => !s.IsChanged), "settings")));
    }

    private static XElement Table(IEnumerable<RecipeSetting> settings, string cssClass) => Html.Table.Draw(
        ["Setting", "As it was run", "Default"],
        settings.Select(s => new TableRow(
            [Element("code", null, (s.IsChanged ? "● " : "") + s.Path), s.Value, s.Default ?? "required"],
            s.IsChanged ? "changed-row" : null)),
        cssClass);
}
