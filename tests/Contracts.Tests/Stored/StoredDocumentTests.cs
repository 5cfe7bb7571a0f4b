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

    [Fact]
    public void A_published_event_is_written_as_its_golden_file_says() => ShouldBeGolden("PublishedEvent", new PublishedEvent
    {
        EventKey = new string('c', 32),
        Source = "/trainings/digits",
        Id = "step-1000",
        Subject = "digits",
        Time = At.AddSeconds(-1),
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        PartitionKey = "digits",
        Data = new CheckpointPublished
        {
            Model = "digits",
            Checkpoint = SampleSpecs.Artifact('1'),
            Recipe = "sms-digits",
            Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["accuracy"] = 0.97 },
            Tags = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["branch"] = "main" },
        },
        DataDigest = new string('d', 64),
        ReceivedAt = At,
        PublishedBy = "abcdefghijkl",
        State = EventStates.Dispatched,
        Checkpoint = SampleSpecs.Artifact('1'),
        Outcomes = [new EventOutcome { Outcome = EventOutcome.Started, RunId = "sms-digits-0123456789ab" }],
        Nonce = new string('e', 32),
    });

    [Fact]
    public void A_key_is_written_as_its_golden_file_says() => ShouldBeGolden("AccessKey", new AccessKey
    {
        KeyId = "abcdefghijkl",
        SecretHash = new string('f', 64),
        Role = AccessRoles.Publisher,
        Models = ["digits", "mnist-*"],
        Label = "nightly training",
        CreatedAt = At,
        ExpiresAt = At.AddDays(90),
    });

    [Fact]
    public void An_upload_is_written_as_its_golden_file_says() => ShouldBeGolden("Upload", new Upload
    {
        UploadId = new string('a', 32),
        KeyId = "abcdefghijkl",
        Artifact = SampleSpecs.Artifact('1'),
        Name = "net.safetensors",
        Secret = "c2VjcmV0",
        CreatedAt = At,
        ExpiresAt = At.AddDays(1),
    });

    private static void ShouldBeGolden<T>(string name, T document)
    {
        var (stored, expected) = GeneratedFile.Compare($"tests/Contracts.Tests/Golden/{name}.json", JsonSerializer.Serialize(document, ContractJson.Options));
        expected.ShouldBe(stored);
        var read = JsonSerializer.Deserialize<T>(stored, ContractJson.Options);
        JsonSerializer.Serialize(read, ContractJson.Options).ShouldBe(expected.TrimEnd('\n'));
    }
}
