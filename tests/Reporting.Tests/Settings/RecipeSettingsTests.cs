using System.Text.Json;
using System.Xml.Linq;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Settings;

namespace SparsePipeline.Reporting.Tests;

public sealed class RecipeSettingsTests
{
    private static readonly Recipe Sample = SampleReport.CreateRecipe() with
    {
        Model = new ModelSpec { Name = "mlp", Options = new() { ["hidden"] = JsonSerializer.Deserialize<JsonElement>("[ 16,8 ]") } },
        Pretraining = SampleReport.CreateRecipe().Pretraining with { BatchSize = 32, Optimizer = MethodSpec.Of("adamw") },
    };

    private static readonly IReadOnlyList<RecipeSetting> All = RecipeSettings.Of(Sample, SampleReport.Catalog);

    [Theory]
    [InlineData("pretraining.batchSize", "32", "64", true)]
    [InlineData("pretraining.momentum", "0.9", "0.9", false)]
    [InlineData("pretraining.epochs", "30", null, true)]
    [InlineData("pretraining.optimizer", "adamw", "sgd", true)]
    [InlineData("pretraining.optimizer.options.beta1", "0.9", "0.9", false)]
    [InlineData("pretraining.schedule", "linear", "linear", false)]
    [InlineData("model.options.hidden", "[16, 8]", "[128, 64]", true)]
    [InlineData("model.options.batchNorm", "false", "false", false)]
    [InlineData("retraining.precision", "float32 (as pretraining)", "float32 (as pretraining)", false)]
    [InlineData("retraining.weightDecay", "0.0001 (as pretraining)", "0.0001 (as pretraining)", false)]
    [InlineData("soup.quorum", "5 (all candidates)", "5 (all candidates)", false)]
    [InlineData("evaluation.baselines", "[dense, imp, imp-longer, mean-candidate, best-candidate]", "[dense, imp, imp-longer, mean-candidate, best-candidate]", false)]
    [InlineData("data.name", "digits", null, true)]
    [InlineData("data.limit", "all", "all", false)]
    public void Every_setting_is_told_as_it_was_run_with_its_default(string path, string value, string? standard, bool isChanged)
    {
        var setting = All.Single(s => s.Path == path);

        (setting.Value, setting.Default, setting.IsChanged).ShouldBe((value, standard, isChanged));
    }

    [Fact]
    public void No_setting_is_there_twice() => All.Select(s => s.Path).ShouldBeUnique();

    [Fact]
    public void The_page_marks_what_is_not_the_default()
    {
        var page = XElement.Parse(SampleReport.Page(SampleReport.Create() with { Recipe = Sample })["<!DOCTYPE html>\n".Length..]);
        var section = page.Descendants("section").Single(s => s.Element("h2")!.Value == "Settings");

        var rows = section.Descendants("tr").Where(r => r.Elements("td").Any()).ToDictionary(r => r.Elements().First().Value.TrimStart('●', ' '));
        rows.Count.ShouldBe(All.Count);
        ((string?)rows["pretraining.batchSize"].Attribute("class"), rows["pretraining.batchSize"].Elements().First().Value).ShouldBe(("changed-row", "● pretraining.batchSize"));
        rows["pretraining.momentum"].Attribute("class").ShouldBeNull();
        section.Value.ShouldContain($"{All.Count(s => s.IsChanged)} of {All.Count} settings are not the defaults");
    }

    [Fact]
    public void What_may_be_wider_than_the_page_is_in_a_frame_that_shows_where_it_goes_on()
    {
        var page = SampleReport.Page(SampleReport.Create());
        var html = XElement.Parse(page["<!DOCTYPE html>\n".Length..]);

        html.Descendants("table").ShouldAllBe(t => (string?)t.Parent!.Attribute("class") == "scroll");
        html.Descendants("svg").Where(s => (string?)s.Attribute("class") == "graph").ShouldAllBe(s => (string?)s.Parent!.Attribute("class") == "scroll");
        page.ShouldContain("no-repeat local");
        page.ShouldContain("no-repeat scroll");
    }
}
