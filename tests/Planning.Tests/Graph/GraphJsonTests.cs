using System.Text;
using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class GraphJsonTests
{
    private static readonly Recipe Recipe = Recipes.Digits(baselines: [.. BaselineNames.All]);

    [Fact]
    public void A_stored_graph_plans_as_the_one_that_was_compiled()
    {
        var stored = RunGraph.Read(GraphJson.Read(GraphJson.Write(GraphCompiler.Compile(Recipe)), "graph.json"));
        var world = new FakeWorld();
        var compiled = world.RunToEnd(Recipe);

        var plan = stored.Plan(world, world.Now);

        plan.Steps.Select(s => (s.Node, s.Key, s.State, s.EpochsAhead)).ShouldBe(compiled.Steps.Select(s => (s.Node, s.Key, s.State, s.EpochsAhead)));
        plan.Unknown.ShouldBeEmpty();
        plan.Baselines.Select(b => b.Name).ShouldBe(BaselineNames.All);
        (plan.Workflow, plan.Network, plan.Finished).ShouldBe(("sparse-model-soups", NodeNames.Soup(2), true));
    }

    [Fact]
    public void Equal_graphs_have_equal_bytes() =>
        GraphJson.Write(GraphCompiler.Compile(Recipe)).ShouldBe(GraphJson.Write(GraphJson.Read(GraphJson.Write(GraphCompiler.Compile(Recipe)), "graph.json")));

    [Fact]
    public void White_space_changes_no_key()
    {
        var indented = JsonNode.Parse(GraphJson.Write(GraphCompiler.Compile(Recipe)))!.ToJsonString(new() { WriteIndented = true });

        var plan = RunGraph.Read(GraphJson.Read(Encoding.UTF8.GetBytes(indented), "graph.json")).Plan(new FakeWorld(), FakeWorld.Start);

        plan.Ready.Single().Key.ShouldBe(Planner.Plan(Recipe, new FakeWorld(), FakeWorld.Start).Ready.Single().Key);
    }

    [Fact]
    public void A_graph_that_somebody_changed_is_damaged()
    {
        var changed = Encoding.UTF8.GetString(GraphJson.Write(GraphCompiler.Compile(Recipe))).Replace("\"epochs\":10", "\"epochs\":11", StringComparison.Ordinal);

        Refusal(Encoding.UTF8.GetBytes(changed)).ShouldBe((FailureCodes.CorruptArtifact, "The graph 'graph.json' is damaged: its content does not have the digest it names."));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"version\":1")]
    [InlineData("{}")]
    public void What_is_no_graph_is_damaged(string text) => Refusal(Encoding.UTF8.GetBytes(text)).Code.ShouldBe(FailureCodes.CorruptArtifact);

    [Fact]
    public void A_graph_of_a_newer_version_is_not_read_as_if_it_were_of_this_one() =>
        Refusal(ForeignGraph.Change(GraphCompiler.Compile(Recipe), json => json["version"] = 2)).ShouldBe((
            FailureCodes.NewerVersion,
            "The graph 'graph.json' was compiled by another version of SparsePipeline: it is of version 2, and this program reads version 1."));

    [Fact]
    public void A_condition_that_this_version_does_not_know_is_not_left_out() =>
        Refusal(ForeignGraph.Change(GraphCompiler.Compile(Recipe), json => json["nodes"]![1]!["onlyIf"] = "a metric says so")).Code.ShouldBe(FailureCodes.NewerVersion);

    [Fact]
    public void A_reference_to_a_step_that_is_not_before_it_is_refused()
    {
        var graph = GraphCompiler.Compile(Recipe);

        Should.Throw<DomainException>(() => RunGraph.Read(graph with { Nodes = [.. graph.Nodes.Skip(1)] })).Failure.Reason.ShouldContain("refers to 'dense'");
    }

    private static (string Code, string Reason) Refusal(byte[] bytes)
    {
        var failure = Should.Throw<DomainException>(() => GraphJson.Read(bytes, "graph.json")).Failure;
        return (failure.Code, failure.Reason);
    }
}
