namespace SparsePipeline.Planning.Tests;

public sealed class LatencyRulesTests
{
    [Fact]
    public void Layers_of_a_script_cannot_be_timed() =>
        Errors("{name: torchscript, file: net.pt}").ShouldHaveSingleItem().ShouldEndWith(
            "evaluation.latencyBatch: The model 'torchscript' is read from a file and runs as a whole: its layers cannot be timed. "
            + "Remove it, or use a model that is built in.");

    [Fact]
    public void Layers_of_a_built_in_model_can() => Errors("mlp").ShouldBeEmpty();

    private static IEnumerable<string> Errors(string model) => RecipeReader.Read(
        $"""
        name: latency
        model: {model}
        data: {"{"}name: digits{"}"}
        pretraining: {"{"}epochs: 1, learningRate: 0.1{"}"}
        sparsification: {"{"}sparsity: 0.5{"}"}
        retraining: {"{"}epochs: 1{"}"}
        evaluation: {"{"}latencyBatch: 8{"}"}
        """,
        Catalog.Test).Errors.Select(e => e.ToString());
}
