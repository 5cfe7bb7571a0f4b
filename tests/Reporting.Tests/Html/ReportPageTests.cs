using System.Text.RegularExpressions;
using System.Xml.Linq;
using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Tests;

public sealed class ReportPageTests
{
    [Fact]
    public void The_page_is_well_formed()
    {
        var html = Parse(SampleReport.Page(SampleReport.Create()));
        html.Name.LocalName.ShouldBe("html");
        html.Descendants("section").Count().ShouldBeGreaterThanOrEqualTo(6);
    }

    [Fact]
    public void The_page_asks_no_other_place_for_anything()
    {
        var page = SampleReport.Page(SampleReport.Create());
        page.ShouldNotContain("http");
        page.ShouldNotContain("url(");
        page.ShouldNotContain("@import");
        Parse(page).Descendants().Attributes().Select(a => a.Name.LocalName).ShouldNotContain(n => n == "src" || n == "href");
        Parse(page).Descendants("script").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("a & b </style></title> ' \u0001 \ud800")]
    public void A_hostile_recipe_name_stays_text(string name)
    {
        var report = SampleReport.Create() with { Command = name, Recipe = SampleReport.CreateRecipe(name) };
        var page = SampleReport.Page(report);
        page.ShouldNotContain("<script");
        page.ShouldNotContain("<img");
        var expected = name.Replace('\u0001', '\uFFFD').Replace('\ud800', '\uFFFD');
        Parse(page).Descendants("h1").Single().Value.ShouldBe(expected);
    }

    [Fact]
    public void Standardisation_and_classes_are_told_to_the_last_digit_and_in_their_order()
    {
        var inputs = InventedRun.Inputs with { Kind = DataKinds.Numbers, Shape = [2], Columns = ["width", "<b>"], Mean = [0.1 + 0.2, 2], Deviation = [1, 1e-9] };

        var section = Parse(SampleReport.Page(SampleReport.Create() with { Inputs = inputs })).Descendants("section")
            .Single(s => s.Element("h2")?.Value == "Inputs and classes");

        section.Descendants("tbody").Single().Elements().Select(row => string.Join('|', row.Elements().Select(c => c.Value)))
            .ShouldBe(["width|0.30000000000000004|1", "<b>|2|1E-09"]);
        section.Descendants("code").Single().Value.ShouldBe("[\"zero\",\"one\"]");
    }

    [Fact]
    public void Characters_that_a_page_cannot_hold_are_written_as_escapes()
    {
        string[] vocabulary = ["", "\u0001", "<", "ä"];
        var inputs = new InputDescription { Kind = DataKinds.Text, Shape = [64], Labels = vocabulary, Vocabulary = vocabulary };

        var section = Parse(SampleReport.Page(SampleReport.Create() with { Inputs = inputs })).Descendants("section")
            .Single(s => s.Element("h2")?.Value == "Inputs and classes");

        section.Descendants("code").Single().Value.ShouldBe("[\"\",\"\\u0001\",\"\\u003C\",\"ä\"]");
    }

    [Theory]
    [InlineData("float32", null, "30 epochs dense, then", "of 10 epochs (LLR")]
    [InlineData("bfloat16", null, "30 epochs dense in bfloat16, then", "of 10 epochs in bfloat16 (LLR")]
    [InlineData("bfloat16", "float32", "30 epochs dense in bfloat16, then", "of 10 epochs (LLR")]
    public void Mixed_precision_is_said_where_it_was_used(string dense, string? retraining, string pretrained, string retrained)
    {
        var recipe = SampleReport.CreateRecipe();
        var page = SampleReport.Page(SampleReport.Create() with
        {
            Recipe = recipe with
            {
                Pretraining = recipe.Pretraining with { Precision = dense },
                Retraining = recipe.Retraining with { Precision = retraining },
            },
        });

        var what = Parse(page).Descendants("p").Single(p => (string?)p.Attribute("class") == "what").Value;
        what.ShouldContain(pretrained);
        what.ShouldContain(retrained);
    }

    [Fact]
    public void The_style_sheet_survives_escaping()
    {
        // HTML does not decode entities inside <style>, so the sheet must not need any.
        var page = SampleReport.Page(SampleReport.Create());
        page.ShouldContain("<style>" + Parse(page).Descendants("style").Single().Value + "</style>");
    }

    [Fact]
    public void No_element_but_the_void_ones_is_closed_by_a_slash()
    {
        var page = SampleReport.Page(SampleReport.Create());
        const RegexOptions Linear = RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
        var outsideDrawings = Regex.Replace(page, "<svg.*?</svg>", "", Linear);
        Regex.Matches(outsideDrawings, "<(?<name>[a-z0-9]+)[^>]*/>", Linear).Select(m => m.Groups["name"].Value).Distinct().ShouldBe(["meta"]);
    }

    [Fact]
    public void Every_drawing_has_words_for_those_who_cannot_see_it()
    {
        var drawings = Parse(SampleReport.Page(SampleReport.Create())).Descendants("svg").ToList();
        drawings.Count.ShouldBeGreaterThan(5);
        drawings.ShouldAllBe(d => d.Attribute("aria-hidden") != null || d.Attribute("aria-label")!.Value.Length > 10);
    }

    [Fact]
    public void Every_measured_accuracy_has_its_interval_and_a_mean_has_none()
    {
        var rows = Parse(SampleReport.Page(SampleReport.Create())).Descendants("table").First().Descendants("tr").ToDictionary(r => r.Elements().First().Value);

        rows["dense"].Descendants("small").Select(s => s.Value).ShouldBe(["95.1–98.4", "81.9–88.0"]);
        rows["mean-candidate"].Descendants("small").ShouldBeEmpty();
    }

    [Fact]
    public void Quality_is_told_with_Brier_score_and_both_calibration_errors()
    {
        var page = Parse(SampleReport.Page(SampleReport.Create()));

        new[] { "Loss", "Brier", "ECE", "MCE", "Worst class" }.ShouldBeSubsetOf(page.Descendants("th").Select(h => h.Value));
        new[] { "0.122", "0.031", "0.144" }.ShouldBeSubsetOf(page.Descendants("td").Select(d => d.Value));
    }

    [Fact]
    public void Accuracy_under_corruption_is_told_by_kind_and_as_a_mean_when_it_was_measured()
    {
        var plain = SampleReport.Create();
        Parse(SampleReport.Page(plain)).Descendants("h2").Select(h => h.Value).ShouldNotContain("Under corruption");

        var page = Parse(SampleReport.Page(plain with { Baselines = [SampleReport.Corrupted(plain.Baselines[0])], Cycles = [] }));
        var table = page.Descendants("section").Single(s => s.Element("h2")!.Value == "Under corruption").Descendants("tr");
        table.Select(r => string.Join(" | ", r.Elements().Select(c => c.Value))).ShouldBe(
            ["Corruption | dense", "mean | 60.0\u00a0%", "fog | 75.0\u00a0%", "jpeg | 45.0\u00a0%"]);
    }

    [Fact]
    public void Compression_is_told_by_bytes_by_the_clock_where_it_was_measured_and_with_the_alarm()
    {
        var plain = SampleReport.Create();
        Parse(SampleReport.Page(plain)).Descendants("h2").Select(h => h.Value).ShouldNotContain("Compression of the last soup");

        var page = Parse(SampleReport.Page(SampleReport.Compressed(plain)));
        var section = page.Descendants("section").Single(s => s.Element("h2")!.Value == "Compression of the last soup");
        section.Descendants("tr").Select(r => string.Join(" | ", r.Elements().Select(c => c.Value))).ShouldBe(
        [
            "Written as | Bytes | Of safetensors", "safetensors, every weight | 10,000 | 100.0\u00a0%", "packed, bits and values | 800 | 8.0\u00a0%",
            "the mask by itself | 400 | 4.0\u00a0%", "Layer | Density | Dense | Sparse | Difference", "head | 2.0\u00a0% | 30.0 µs | 10.0 µs | 1.0e-6",
        ]);
        section.Value.ShouldContain("leaving zeros out pays");
        page.Descendants("li").Select(l => l.Value).ShouldContain("Cycle 3: Layer 'head' is dead.");
    }

    [Fact]
    public void Equal_reports_give_equal_bytes() =>
        SampleReport.Page(SampleReport.Create()).ShouldBe(SampleReport.Page(SampleReport.Create()));

    [Fact]
    public void A_run_that_failed_before_its_first_soup_is_still_drawn()
    {
        var failure = new StepFailure("diverged", "Loss became NaN in epoch 1.", "Lower pretraining.learningRate.");
        var report = SampleReport.Create();
        report = report with { Cycles = [], Baselines = [], Steps = [report.Steps[0] with { Failure = failure }] };
        var html = Parse(SampleReport.Page(report));
        html.Value.ShouldContain("No cycle was finished");
        html.Value.ShouldContain("Loss became NaN in epoch 1.");
    }

    [Fact]
    public void A_run_without_shifted_splits_has_no_chart_under_shift()
    {
        var report = SampleReport.Create();
        report = report with
        {
            Cycles = [.. report.Cycles.Select(c => c with
            {
                Soup = c.Soup with { ShiftedAccuracy = null },
                Candidates = [.. c.Candidates.Select(m => m with { ShiftedAccuracy = null })],
            })],
            Baselines = [.. report.Baselines.Select(b => b with { ShiftedAccuracy = null, CycleShiftedAccuracies = [] })],
        };
        Parse(SampleReport.Page(report)).Descendants("figcaption").Select(f => f.Value).ShouldNotContain("Under shift");
    }

    [Fact]
    public void Further_metrics_are_drawn_from_what_the_registry_says_of_them()
    {
        var plain = SampleReport.Create();
        Parse(SampleReport.Page(plain)).Descendants("h2").Select(h => h.Value).ShouldNotContain("Further metrics");
        var last = plain.Cycles[^1];
        var measured = last with { Soup = last.Soup with { Evaluation = SampleEvaluation.WithMetrics(last.Soup.Evaluation) } };

        var section = Parse(SampleReport.Page(plain with { Cycles = [measured] })).Descendants("section").Single(s => s.Element("h2")!.Value == "Further metrics");

        section.Descendants("th").Take(7).Select(h => h.Value).ShouldBe(
            ["Network", "Macro F1 ↑", "of-tomorrow", "Perplexity ↓", "Macro F1 ↑, unseen-writers", "of-tomorrow, unseen-writers", "Perplexity ↓, unseen-writers"]);
        section.Descendants("td").Select(c => c.Value.Replace('\u00a0', ' ')).ShouldBe(["87.5 %", "3.000", "1.500", "50.0 %", "–", "–"]);
        section.Elements("p").Count().ShouldBe(2, "nothing is known of the one of tomorrow");
        section.Elements("p").First().Value.ShouldStartWith("Macro F1: Use it where");
    }

    private static XElement Parse(string page)
    {
        page.ShouldStartWith("<!DOCTYPE html>\n");
        return XElement.Parse(page["<!DOCTYPE html>\n".Length..]);
    }
}
