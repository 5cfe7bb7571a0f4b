using System.Xml.Linq;
using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Html;

/// <summary>Draws a run report as one HTML file that needs nothing else: no script, no font, no request.</summary>
public static class ReportPage
{
    /// <summary>The page; equal reports give equal bytes.</summary>
    /// <param name="report">What came out of the run.</param>
    /// <param name="catalog">Knows the options of the methods, and so the settings that the recipe leaves out.</param>
    public static string Render(RunReport report, MethodCatalog catalog) => HtmlTree.Write(new XElement(
        "html",
        HtmlTree.Attribute("lang", "en"),
        Head(report),
        HtmlTree.Element(
            "body",
            null,
            HtmlTree.Element(
                "main",
                null,
                HeadlineSection.Draw(report),
                ResultSection.Draw(report),
                AccuracySection.Draw(report),
                CurveSection.Draw(report),
                AdmissionSection.Draw(report),
                DensitySection.Draw(report),
                CompressionSection.Draw(report),
                QualitySection.Draw(report),
                MetricSection.Draw(report, catalog),
                CorruptionSection.Draw(report),
                GraphSection.Draw(report),
                InputSection.Draw(report),
                SettingsSection.Draw(report, catalog),
                ProvenanceSection.Draw(report)))));

    private static XElement Head(RunReport report) => new(
        "head",
        new XElement("meta", HtmlTree.Attribute("charset", "utf-8")),
        new XElement("meta", HtmlTree.Attribute("name", "viewport"), HtmlTree.Attribute("content", "width=device-width, initial-scale=1")),
        new XElement("meta", HtmlTree.Attribute("name", "color-scheme"), HtmlTree.Attribute("content", "light dark")),
        new XElement("title", $"{report.Recipe.Name}: sparse model soup"),
        new XElement("style", Style()));

    private static string Style()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("The resource report.css is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
