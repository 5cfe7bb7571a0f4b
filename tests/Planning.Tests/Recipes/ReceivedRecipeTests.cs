using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

/// <summary>Recipes that come over a network name stored files where recipe files name paths.</summary>
public sealed class ReceivedRecipeTests
{
    private static readonly ArtifactRef Network = new(new string('1', 64), 10, ArtifactFormats.Safetensors);
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    [Fact]
    public void A_stored_checkpoint_stands_where_a_file_names_weights()
    {
        var local = SmallestRecipe.Read(Yaml("weights: net.safetensors, epochs: 0"));

        var received = RecipeReader.ReadReceived(Yaml($"checkpoint: {Text(Network)}, epochs: 0"), Catalog.Test, Nothing);

        received.Errors.ShouldBeEmpty();
        RunId.Of(received.Recipe!).ShouldBe(RunId.Of(local with { Pretraining = local.Pretraining with { Weights = null, Checkpoint = Network } }), "it is the same run");
    }

    [Fact]
    public void A_recipe_that_lacks_its_checkpoint_is_given_one_before_it_is_checked()
    {
        var values = new Dictionary<string, string> { ["pretraining.checkpoint"] = JsonSerializer.Serialize(Network, ContractJson.Options), ["pretraining.epochs"] = "0" };

        RecipeReader.ReadReceived(Yaml("epochs: 3"), Catalog.Test, values).Recipe!.Pretraining.ShouldSatisfyAllConditions(
            p => p.Checkpoint.ShouldBe(Network), p => p.Epochs.ShouldBe(0), p => p.Weights.ShouldBeNull());
        RecipeReader.ReadReceived(Yaml("epochs: 0"), Catalog.Test, Nothing).Errors.Single().Field.ShouldBe("pretraining.epochs");
    }

    [Fact]
    public void Files_of_the_senders_machine_and_data_without_a_digest_are_refused_all_at_once()
    {
        var text = Yaml("weights: /home/me/net.safetensors, epochs: 0").Replace("  name: digits", "  name: digits\n  path: /data/digits", StringComparison.Ordinal);

        var errors = RecipeReader.ReadReceived(text, Catalog.Test, Nothing).Errors;

        errors.ShouldContain(e => e.Code == RecipeError.LocalFile && e.Field == "pretraining.weights" && e.Remedy.Contains("pretraining.checkpoint"));
        errors.ShouldContain(e => e.Code == RecipeError.DataDigestMissing && e.Field == "data.path");
    }

    [Theory]
    [InlineData("{ digest: abc, sizeBytes: 10, format: safetensors }", "pretraining.checkpoint.digest is 'abc'.")]
    [InlineData("{ digest: 1111111111111111111111111111111111111111111111111111111111111111, sizeBytes: -1, format: safetensors }", "pretraining.checkpoint.sizeBytes is '-1'.")]
    [InlineData("{ digest: 1111111111111111111111111111111111111111111111111111111111111111, sizeBytes: 1, format: pickle }", "pretraining.checkpoint.format is 'pickle'.")]
    [InlineData("{ digest: 1111111111111111111111111111111111111111111111111111111111111111, sizeBytes: 1, format: safetensors, path: /etc }", "There is no such field.")]
    public void A_reference_that_is_none_is_refused(string reference, string reason) =>
        RecipeReader.ReadReceived(Yaml($"checkpoint: {reference}, epochs: 0"), Catalog.Test, Nothing).Errors.Single().Reason.ShouldBe(reason);

    [Theory]
    [InlineData("checkpoint: net.safetensors")]
    [InlineData("checkpoint: [1, 2]")]
    [InlineData("checkpoint: { digest: { a: b }, sizeBytes: [], format: ~ }")]
    public void Whatever_stands_for_a_reference_is_an_error_and_no_exception(string text)
    {
        var reading = RecipeReader.ReadReceived(Yaml($"{text}, epochs: 0"), Catalog.Test, Nothing);

        reading.Recipe.ShouldBeNull();
        reading.Errors.ShouldContain(e => e.Field.StartsWith("pretraining.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("pretraining: 3")]
    [InlineData("{ pretraining: { checkpoint: 1 }, model: { script: 1 }, soup: { checkpoints: 1, anchorCheckpoint: [] }, data: { path: 1 } }")]
    public void A_text_that_is_no_recipe_is_told(string text) =>
        RecipeReader.ReadReceived(text, Catalog.Test, new Dictionary<string, string> { ["pretraining.epochs"] = "0" }).Errors.ShouldNotBeEmpty();

    private static string Yaml(string pretraining) => SmallestRecipe.Text
        .Replace("pretraining:\n  epochs: 10\n  learningRate: 0.1", $"pretraining: {{ {pretraining} }}", StringComparison.Ordinal)
        .Replace("retraining:\n  epochs: 4", "retraining: { epochs: 4, peakLearningRate: 0.05 }", StringComparison.Ordinal);

    private static string Text(ArtifactRef file) => $"{{ digest: {file.Digest}, sizeBytes: {file.SizeBytes}, format: {file.Format} }}";
}
