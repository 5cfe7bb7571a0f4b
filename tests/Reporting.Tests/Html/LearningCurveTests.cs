using System.Xml.Linq;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Html;

namespace SparsePipeline.Reporting.Tests;

public sealed class LearningCurveTests
{
    [Fact]
    public void Dense_candidates_and_baselines_have_curves_of_loss_and_validation()
    {
        var section = Section(WithCurves());

        section.Elements("h3").Select(h => h.Value).ShouldBe(["Dense network", "Candidates", "Baselines"]);
        section.Descendants("figcaption").Select(f => f.Value).ShouldBe(
            ["Loss", "Validation accuracy", "Training loss", "Validation accuracy", "Training loss", "Validation accuracy"]);
        section.Descendants("p").Where(p => (string?)p.Attribute("class") == "legend").Select(p => p.Value).ShouldBe(["trainingvalidation", "cycle 1cycle 2", "imp-longer"]);
        section.Value.ShouldContain("50 validation examples");
    }

    [Fact]
    public void A_cycle_begins_where_the_longest_training_of_the_one_before_ends_and_a_baseline_shares_what_the_run_trained()
    {
        var series = new CurveSeries(WithCurves());

        series.Candidates(e => e.TrainingLoss).Select(s => (s.Name, s.Points[0].X, s.Points[^1].X)).ShouldBe([("cycle 1", 1, 2), ("cycle 1", 1, 2), ("cycle 2", 3, 4)]);
        series.Baselines(e => e.TrainingLoss).Single().Points.Select(p => p.X).ShouldBe([1, 2, 3, 4, 5, 6], "cycle 1 is the run's own candidate 0");
    }

    [Fact]
    public void Trainings_of_earlier_versions_have_their_losses_only()
    {
        var old = WithCurves() with { Curves = [new ReportedCurve { Node = "dense", ValidationExamples = 0, Epochs = [new(1, 2, null, null), new(2, 1, null, null)] }] };

        var section = Section(old);

        section.Descendants("figcaption").Select(f => f.Value).ShouldBe(["Loss"]);
        section.Value.ShouldContain("measured nothing between epochs");
    }

    [Fact]
    public void Long_trainings_are_thinned_and_keep_their_ends()
    {
        var curve = Curve("dense", 100_000);

        var points = CurveSeries.Points(curve, 0, e => e.TrainingLoss);

        points.Count.ShouldBeLessThanOrEqualTo(122);
        (points[0].X, points[^1].X).ShouldBe((1, 100_000));
    }

    [Fact]
    public void A_report_without_curves_has_no_section() =>
        XElement.Parse(SampleReport.Page(SampleReport.Create())["<!DOCTYPE html>\n".Length..]).Descendants("h2").Select(h => h.Value).ShouldNotContain("Learning curves");

    private static RunReport WithCurves() => SampleReport.Create() with
    {
        Curves = [Curve("dense", 3), Curve("cycle-1/candidate-0", 2), Curve("cycle-1/candidate-1", 2), Curve("cycle-2/candidate-0", 2), Curve("imp-longer/cycle-2/candidate-0", 4)],
    };

    private static ReportedCurve Curve(string node, int epochs) => new()
    {
        Node = node,
        ValidationExamples = 50,
        Epochs = [.. Enumerable.Range(1, epochs).Select(e => new CurvePoint(e, 1.0 / e, 1.5 / e, 1 - (0.5 / e)))],
    };

    private static XElement Section(RunReport report) =>
        XElement.Parse(SampleReport.Page(report)["<!DOCTYPE html>\n".Length..]).Descendants("section").Single(s => s.Element("h2")!.Value == "Learning curves");
}
