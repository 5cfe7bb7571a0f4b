using System.Text.Json.Schema;
using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Outbox;

/// <summary>A type of outgoing event and the schema of its data.</summary>
/// <param name="Name">One of <see cref="EventTypes"/>.</param>
/// <param name="Schema">Name of the schema, served at <c>/v1/schemas/{Schema}/1</c>.</param>
/// <param name="Data">What the data are.</param>
internal sealed record OutgoingType(string Name, string Schema, Type Data)
{
    private const string SchemaPrefix = "urn:sparsepipeline:schema:";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OutgoingType> All { get; } =
    [
        new(EventTypes.RunSubmitted, "run-submitted", typeof(RunSubmitted)),
        new(EventTypes.RunFinished, "run-finished", typeof(RunEnded)),
        new(EventTypes.RunFailed, "run-failed", typeof(RunEnded)),
        new(EventTypes.RunCancelled, "run-cancelled", typeof(RunEnded)),
        new(EventTypes.CheckpointReady, "checkpoint-ready", typeof(CheckpointReady)),
        new(EventTypes.CheckpointEvaluated, "checkpoint-evaluated", typeof(CheckpointEvaluated)),
        new(EventTypes.StepFailed, "step-failed", typeof(StepFailed)),
        new(EventTypes.WebhookDisabled, "webhook-disabled", typeof(WebhookDisabled)),
        new(EventTypes.WebhookTest, "webhook-test", typeof(WebhookTest)),
    ];

    /// <summary>What events call the schema of their data.</summary>
    public string SchemaId => $"{SchemaPrefix}{Schema}:1";

    /// <summary>The type of that name.</summary>
    public static OutgoingType Of(string name) => All.First(t => t.Name == name);

    /// <summary>The JSON Schema of the data.</summary>
    public string JsonSchema() => ContractJson.Options.GetJsonSchemaAsNode(Data).ToJsonString(ContractJson.Options);
}
