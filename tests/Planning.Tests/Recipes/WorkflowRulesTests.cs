using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class WorkflowRulesTests
{
    private const string Start = """
        name: digits
        model: mlp
        data: { name: digits }

        """;

    [Fact]
    public void Writing_the_standard_workflow_out_changes_no_run() =>
        RunId.Of(SmallestRecipe.Read(SmallestRecipe.Text + "\nworkflow: sparse-model-soups")).ShouldBe(RunId.Of(SmallestRecipe.Read(SmallestRecipe.Text)));

    [Fact]
    public void An_unknown_workflow_is_refused_with_those_there_are() =>
        SmallestRecipe.Errors(SmallestRecipe.Text + "\nworkflow: prun-only").Single().Remedy
            .ShouldBe("Did you mean 'prune-only'? Known: merge, prune-only, sparse-autoencoder, sparse-model-soups, train.");

    [Theory]
    [InlineData("", "pretraining,retraining,sparsification")]
    [InlineData("workflow: prune-only", "pretraining,sparsification")]
    [InlineData("workflow: train", "pretraining")]
    [InlineData("workflow: merge", "soup,soup.networks")]
    public void What_a_workflow_needs_is_missed_all_at_once(string workflow, string fields)
    {
        var errors = SmallestRecipe.Errors(Start + workflow);

        errors.Select(e => e.Field).Order().ShouldBe(fields.Split(','));
        errors.ShouldAllBe(e => e.Reason == "The field is missing." && e.Remedy.StartsWith("Add '"));
    }

    [Theory]
    [InlineData("prune-only", "soup: { method: greedy }", "soup")]
    [InlineData("prune-only", "evaluation: { baselines: [dense] }", "evaluation.baselines")]
    [InlineData("train", "retraining: { epochs: 3 }", "retraining")]
    public void What_a_workflow_has_no_use_for_is_refused_by_name(string workflow, string line, string field)
    {
        var error = SmallestRecipe.Errors($"{Start}workflow: {workflow}\npretraining: {{ epochs: 2, learningRate: 0.1 }}\nsparsification: {{ sparsity: 0.5 }}\n{line}").Single();

        (error.Field, error.Reason).ShouldBe((field, $"The workflow '{workflow}' has no use for it."));
    }

    [Fact]
    public void A_field_with_one_value_may_be_written_with_that_value_only()
    {
        const string Yaml = Start + "workflow: prune-only\npretraining: { epochs: 2, learningRate: 0.1 }\nsparsification: { sparsity: 0.5, cycles: ";

        SmallestRecipe.Read(Yaml + "1 }").Sparsification.Cycles.ShouldBe(1);
        SmallestRecipe.Errors(Yaml + "2 }").Single().Reason.ShouldBe("The value is 2, and with the workflow 'prune-only' it is always 1.");
    }

    [Fact]
    public void One_network_is_no_soup() =>
        SmallestRecipe.Errors(Start + "workflow: merge\nsoup: { networks: [a.safetensors] }").Single().Reason.ShouldBe("There are 1 networks to average.");

    [Fact]
    public void The_weights_of_a_merge_are_those_of_its_networks() =>
        SmallestRecipe.Errors(Start + "workflow: merge\nsoup: { networks: [a, b], method: { name: weighted, options: { weights: [0.2, 0.3, 0.5] } } }")
            .Single().Field.ShouldBe("soup.method.options.weights");

    [Theory]
    [InlineData("method: model-stock", "soup.method: The soup 'model-stock' measures its members from an anchor, and there is none. Add soup.anchorNetwork: the file of the network they started from.")]
    [InlineData("method: ties, anchor: retrained", "soup.anchor: The workflow 'merge' has no use for it. Remove it, or use another workflow.")]
    [InlineData("method: uniform, anchorNetwork: c", "soup.anchorNetwork: The soup 'uniform' looks at no anchor, so the one given would change nothing. Remove the line, or use a soup that needs one.")]
    [InlineData("method: ties, anchorNetwork: c, maskPolicy: union", "soup.anchorNetwork: Candidates with masks of their own share none with an anchor. Remove soup.maskPolicy.")]
    public void A_merge_takes_its_anchor_from_a_file(string soup, string message) =>
        SmallestRecipe.Errors($"{Start}workflow: merge\nsoup: {{ networks: [a, b], {soup} }}").Select(e => $"{e.Field}: {e.Reason} {e.Remedy}").ShouldContain(message);

    [Fact]
    public void A_merge_with_an_anchor_is_read() =>
        SmallestRecipe.Read(Start + "workflow: merge\nsoup: { networks: [a, b], method: model-stock, anchorNetwork: c }").Soup.AnchorNetwork.ShouldBe("c");

    [Fact]
    public void Other_workflows_have_no_use_for_an_anchor_from_a_file() =>
        SmallestRecipe.Errors(SmallestRecipe.Text + "\nsoup: { method: ties, anchor: retrained, anchorNetwork: c }").Single().Field.ShouldBe("soup.anchorNetwork");

    [Fact]
    public void Networks_that_are_given_are_not_cut_again() =>
        SmallestRecipe.Errors(Start + "workflow: merge\nsoup: { networks: [a, b], maskPolicy: re-prune }").Single().Field.ShouldBe("soup.maskPolicy");
}
