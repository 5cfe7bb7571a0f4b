using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Charts;

namespace SparsePipeline.Reporting.Tests;

public sealed class ChartTests
{
    [Fact]
    public void An_axis_takes_round_ticks_that_enclose_its_values()
    {
        var axis = Axis.Around("accuracy", [0.913, 0.972], v => $"{v:0.00}");
        axis.Ticks.Select(t => t.Label).ShouldBe(["0.90", "0.92", "0.94", "0.96", "0.98"]);
        (axis.Minimum, axis.Maximum).ShouldBe((0.90, 0.98), "ends are ticks");
    }

    [Fact]
    public void An_axis_over_one_value_or_none_still_has_a_width()
    {
        Axis.Around("a", [0.5], v => $"{v}").Maximum.ShouldBeGreaterThan(0.5);
        Axis.Around("a", [], v => $"{v}").Ticks.Count.ShouldBeGreaterThan(1);
        Axis.Around("a", [double.NaN, double.PositiveInfinity], v => $"{v}").Ticks.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void A_step_stands_right_of_everything_it_depends_on()
    {
        // d needs a and c, c needs b: the longest path to d is two steps long.
        var places = GraphLayout.Place([Step("d", "a", "c"), Step("c", "b"), Step("a"), Step("b")]);
        places.ToDictionary(p => p.Key, p => p.Value.Column)
            .ShouldBe(new Dictionary<string, int> { ["a"] = 0, ["b"] = 0, ["c"] = 1, ["d"] = 2 }, ignoreOrder: true);
    }

    [Fact]
    public void An_edge_that_others_imply_is_not_drawn()
    {
        // c needs a and b, b needs a: a → c says nothing new.
        GraphLayout.Edges([Step("a"), Step("b", "a"), Step("c", "a", "b")]).ShouldBe([("a", "b"), ("b", "c")]);
    }

    [Fact]
    public void No_two_steps_share_a_place()
    {
        var places = GraphLayout.Place(SampleReport.Create().Steps);
        places.Values.Distinct().Count().ShouldBe(places.Count);
    }

    [Fact]
    public void Even_a_circular_graph_is_laid_out() =>
        GraphLayout.Place([Step("a", "b"), Step("b", "a"), Step("c", "nowhere")]).Count.ShouldBe(3);

    private static ReportedStep Step(string node, params string[] needs) =>
        new() { Key = node, Kind = StepKinds.Train, Node = node, DependsOn = needs, Cached = false, Seconds = 1 };
}
