using System.Text.Json;
using SparsePipeline.TestKit;

namespace SparsePipeline.Contracts.Tests;

/// <summary>What lies in stores for years: later versions have to read it.</summary>
public sealed class StoredDocumentTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly StepResult Success = new()
    {
        Key = new string('a', 64),
        Kind = StepKinds.Prune,
        Outputs = new SortedDictionary<string, ArtifactRef>(StringComparer.Ordinal)
        {
            [OutputNames.Checkpoint] = SampleSpecs.Artifact('1'),
            [OutputNames.Mask] = SampleSpecs.Artifact('2', ArtifactFormats.Mask),
        },
        Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { [MetricNames.Sparsity] = 0.98, [MetricNames.NormDrop] = 0.25 },
        CompletedAt = At,
        Seconds = 12.5,
        Worker = "pruner@host",
    };

    private static readonly StepResult Failure = new()
    {
        Key = new string('b', 64),
        Kind = StepKinds.Train,
        Failure = new(FailureCodes.Diverged, "The loss is NaN in epoch 2.", "Lower pretraining.learningRate."),
        CompletedAt = At,
        Seconds = 3,
        Worker = "trainer@host",
    };

    [Fact]
    public void A_stored_result_is_written_as_its_golden_file_says() => ShouldBeGolden("StepResult.success", Success);

    [Fact]
    public void A_stored_failure_is_written_as_its_golden_file_says() => ShouldBeGolden("StepResult.failure", Failure);

    [Fact]
    public void A_stored_spec_is_written_with_its_kind_as_its_golden_file_says() => ShouldBeGolden<StepSpec>("StepSpec", SampleSpecs.Prune);

    private static void ShouldBeGolden<T>(string name, T document)
    {
        var (stored, expected) = GeneratedFile.Compare($"tests/Contracts.Tests/Golden/{name}.json", JsonSerializer.Serialize(document, ContractJson.Options));
        expected.ShouldBe(stored);
        var read = JsonSerializer.Deserialize<T>(stored, ContractJson.Options);
        JsonSerializer.Serialize(read, ContractJson.Options).ShouldBe(expected.TrimEnd('\n'));
    }
}
