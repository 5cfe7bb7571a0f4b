using System.Net;
using System.Net.Mime;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Http;
using CloudNative.CloudEvents.SystemTextJson;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NJsonSchema;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Outbox;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Outbox;

/// <summary>What others read: every type of event, held by a file, and read and written by a library that is not ours.</summary>
public sealed class GoldenEventTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string RunId = "sms-digits-0123456789ab";
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly string StepKey = new('a', 64);
    private static readonly JsonEventFormatter Formatter = new();

    public static TheoryData<string> Types { get; } = [.. OutgoingType.All.Select(t => t.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Types))]
    public void The_golden_event_of_each_type_is_up_to_date(string type)
    {
        using var written = JsonDocument.Parse(CloudEventWriter.Structured(Sample(type)));

        var (stored, expected) = GeneratedFile.Compare(PathOf(type), JsonSerializer.Serialize(written, ContractJson.Options));

        expected.ShouldBe(stored, "readers of the old form must be able to read the new one; UPDATE_DOCS=1 writes it");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task The_golden_event_is_one_to_a_library_that_is_not_ours_and_its_data_are_as_their_schema_says(string type)
    {
        var golden = await File.ReadAllBytesAsync(Path.Combine(RepositoryFolder.Path, PathOf(type)), Token);

        var read = Formatter.DecodeStructuredModeMessage(golden, new ContentType("application/cloudevents+json"), extensionAttributes: null);

        read.IsValid.ShouldBeTrue();
        (read.Type, read.Time).ShouldBe((type, At));
        (read["traceparent"], read["runid"]).ShouldBe(type.Contains("webhook", StringComparison.Ordinal) ? (null, null) : (Trace, RunId));
        await using var gateway = await StartAsync();
        using var client = gateway.Client();
        var parts = read.DataSchema!.ToString().Split(':');
        var schema = await JsonSchema.FromJsonAsync(await client.GetStringAsync($"/v1/schemas/{parts[^2]}/{parts[^1]}", Token), Token);
        schema.Validate(((JsonElement)read.Data!).GetRawText()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ContentMode.Structured)]
    [InlineData(ContentMode.Binary)]
    public async Task An_event_that_another_library_sends_is_taken_in(ContentMode mode)
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var sent = Incoming("1 ü%", await gateway.StoreCheckpointAsync());

        var answer = await client.PostAsync("/v1/events", sent.ToHttpContent(mode, Formatter), Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(Token));
        var stored = await BodyAsync(await client.GetAsync($"/v1/events/{(await BodyAsync(answer)).GetProperty("eventKey").GetString()}", Token));
        (stored.GetProperty("id").GetString(), stored.GetProperty("subject").GetString(), stored.GetProperty("traceParent").GetString()).ShouldBe(("1 ü%", "digits", Trace));
        stored.GetProperty("time").GetDateTimeOffset().ShouldBe(At);
        stored.GetProperty("data").GetProperty("tags").GetProperty("ce-branch").GetString().ShouldBe("main");
    }

    [Fact]
    public async Task A_batch_that_another_library_sends_is_taken_in()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var checkpoint = await gateway.StoreCheckpointAsync();

        var answer = await client.PostAsync("/v1/events", new[] { Incoming("1", checkpoint), Incoming("2", checkpoint), Incoming("1", checkpoint) }.ToHttpContent(Formatter), Token);

        (await BodyAsync(answer)).EnumerateArray().Select(a => a.GetProperty("status").GetInt32()).ShouldBe([202, 202, 200]);
    }

    [Theory]
    [InlineData("ce-specversion", "0.3", "specversion")]
    [InlineData("ce-specversion", null, "specversion")]
    [InlineData("ce-type", "com.example.other", "type")]
    [InlineData("ce-source", null, "source")]
    [InlineData("ce-source", "http://[", "source")]
    [InlineData("ce-id", null, "id")]
    [InlineData("ce-time", "2026-11-30", "time")]
    [InlineData("ce-dataschema", "urn:other", "dataschema")]
    [InlineData("ce-a_b", "1", "a_b")]
    public async Task An_attribute_of_a_binary_event_that_is_wrong_is_named(string header, string? value, string field)
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var content = Incoming("1", await gateway.StoreCheckpointAsync()).ToHttpContent(ContentMode.Binary, Formatter);
        content.Headers.Remove(header);
        if (value is not null)
            content.Headers.TryAddWithoutValidation(header, value);

        var answer = await client.PostAsync("/v1/events", content, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await BodyAsync(answer)).GetProperty("errors")[0];
        (error.GetProperty("code").GetString(), error.GetProperty("field").GetString()).ShouldBe(("attribute-invalid", field));
    }

    private static CloudEvent Incoming(string id, ArtifactRef checkpoint)
    {
        var sent = new CloudEvent
        {
            Type = EventType,
            Source = new Uri("/trainings/digits", UriKind.Relative),
            Id = id,
            Subject = "digits",
            Time = At,
            DataContentType = "application/json",
            DataSchema = new Uri("urn:sparsepipeline:schema:checkpoint-published:1"),
            Data = JsonSerializer.SerializeToElement(new { model = "digits", checkpoint }, ContractJson.Options),
        };
        sent["traceparent"] = Trace;
        sent["branch"] = "main";
        return sent;
    }

    private static string PathOf(string type) => $"tests/Gateway.Tests/Outbox/Golden/{OutgoingType.Of(type).Schema}.json";

    private static OutgoingEvent Sample(string type)
    {
        var outgoing = new OutgoingEvents(Options.Create(new GatewayOptions { Deployment = "lab" }), new FakeTimeProvider(At));
        var failure = new StepFailure(FailureCodes.Diverged, "The loss is NaN in epoch 2.", "Lower pretraining.learningRate.");
        var artifact = new ArtifactRef(new string('1', 64), 1234, ArtifactFormats.Safetensors);
        var ended = new RunEnded { RunId = RunId, State = type.Split('.')[^2], Seconds = 12.5, Done = 9, Total = 10 };
        OutgoingEvent Of(object data) => outgoing.OfRun(RunId, type, "an-id", At, data) with { TraceParent = Trace };
        return type switch
        {
            EventTypes.RunSubmitted => Of(new RunSubmitted { RunId = RunId }),
            EventTypes.RunFinished => Of(ended with { Soup = artifact }) with { Subject = $"sha256:{artifact.Digest}" },
            EventTypes.RunFailed => Of(ended with { Failure = failure }),
            EventTypes.RunCancelled => Of(ended),
            EventTypes.CheckpointReady => Of(new CheckpointReady { RunId = RunId, StepKey = StepKey, Kind = StepKinds.Soup, Checkpoint = artifact }) with { Subject = $"sha256:{artifact.Digest}", StepKind = StepKinds.Soup },
            EventTypes.CheckpointEvaluated => Of(new CheckpointEvaluated { RunId = RunId, StepKey = StepKey, Report = artifact }) with { Subject = $"sha256:{artifact.Digest}", StepKind = StepKinds.Evaluate },
            EventTypes.StepFailed => Of(new StepFailed { RunId = RunId, StepKey = StepKey, Kind = StepKinds.Train, Failure = failure }) with { StepKind = StepKinds.Train },
            EventTypes.WebhookDisabled => outgoing.OfWebhook("alerts", type, "an-id", At, new WebhookDisabled("alerts", "The receiver answered 500.")),
            EventTypes.WebhookTest => outgoing.OfWebhook("alerts", type, "an-id", At, new WebhookTest("alerts")),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no sample of it."),
        };
    }
}
