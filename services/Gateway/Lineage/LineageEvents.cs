using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Lineage;

/// <summary>Outgoing events as run events of OpenLineage 2.0.2: a run is one job, and each kind of step of a recipe one below it.</summary>
internal sealed class LineageEvents(IStepStore steps, IOptions<LineageOptions> options)
{
    private const string Producer = "urn:sparsepipeline:gateway";
    private const string Schema = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private const string Facets = "https://openlineage.io/spec/facets/";
    private const int DigestLength = 13;

    private static readonly string Version = typeof(LineageEvents).Assembly.GetName().Version!.ToString(3);

    /// <summary>What an event says of lineage, in the order in which it is sent; none where it says nothing.</summary>
    public async Task<IReadOnlyList<JsonObject>> OfAsync(OutgoingEvent outgoing, CancellationToken cancellationToken) => outgoing.Type switch
    {
        EventTypes.RunSubmitted => [OfRun(outgoing, "START")],
        EventTypes.RunFinished => [OfRun(outgoing, "COMPLETE")],
        EventTypes.RunCancelled => [OfRun(outgoing, "ABORT")],
        EventTypes.RunFailed => [OfRun(outgoing, "FAIL")],
        EventTypes.CheckpointReady or EventTypes.CheckpointEvaluated or EventTypes.StepFailed => await OfStepAsync(outgoing, cancellationToken),
        _ => [],
    };

    private JsonObject OfRun(OutgoingEvent outgoing, string type)
    {
        var facets = new JsonObject { ["processing_engine"] = Engine() };
        AddError(facets, outgoing.Data);
        return Message(type, outgoing.Time, NameUuid.Of(outgoing.RunId!), facets, RecipeOf(outgoing.RunId!), [], DatasetsOf(outgoing.Subject));
    }

    // That a step began is in no document, so its start is told with its end: before it by the time it computed.
    private async Task<IReadOnlyList<JsonObject>> OfStepAsync(OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        var key = outgoing.Data.GetProperty("stepKey").GetString()!;
        var (result, spec) = (await steps.ReadResultAsync(key, cancellationToken), await steps.ReadSpecAsync(key, cancellationToken));
        var start = outgoing.Time.AddSeconds(-(result?.Seconds ?? 0));
        var inputs = spec is null ? [] : DatasetsIn(JsonSerializer.SerializeToElement(spec, ContractJson.Options)).Distinct(StringComparer.Ordinal).ToList();
        var outputs = result?.Outputs.Values.Select(a => $"sha256:{a.Digest}").ToList() ?? [];
        var (id, job) = (NameUuid.Of(key), $"{RecipeOf(outgoing.RunId!)}.{outgoing.StepKind}");
        JsonObject FacetsOf()
        {
            var facets = new JsonObject { ["parent"] = Parent(outgoing.RunId!), ["nominalTime"] = Nominal(start, outgoing.Time), ["processing_engine"] = Engine() };
            AddError(facets, outgoing.Data);
            return facets;
        }
        return
        [
            Message("START", start, id, FacetsOf(), job, inputs, []),
            Message(outgoing.Type == EventTypes.StepFailed ? "FAIL" : "COMPLETE", outgoing.Time, id, FacetsOf(), job, inputs, outputs),
        ];
    }

    private JsonObject Message(string type, DateTimeOffset at, Guid id, JsonObject facets, string job, IEnumerable<string> inputs, IEnumerable<string> outputs) => new()
    {
        ["eventType"] = type,
        ["eventTime"] = at.UtcDateTime,
        ["run"] = new JsonObject { ["runId"] = id.ToString(), ["facets"] = facets },
        ["job"] = Named(job),
        ["inputs"] = new JsonArray([.. inputs.Select(Named)]),
        ["outputs"] = new JsonArray([.. outputs.Select(Named)]),
        ["producer"] = Producer,
        ["schemaURL"] = Schema,
    };

    private JsonObject Named(string name) => new() { ["namespace"] = options.Value.Namespace, ["name"] = name };

    private JsonObject Parent(string runId)
    {
        var parent = Facet("1-0-1/ParentRunFacet");
        parent["run"] = new JsonObject { ["runId"] = NameUuid.Of(runId).ToString() };
        parent["job"] = Named(RecipeOf(runId));
        return parent;
    }

    private static JsonObject Nominal(DateTimeOffset start, DateTimeOffset end)
    {
        var nominal = Facet("1-0-1/NominalTimeRunFacet");
        nominal["nominalStartTime"] = start.UtcDateTime;
        nominal["nominalEndTime"] = end.UtcDateTime;
        return nominal;
    }

    private static JsonObject Engine()
    {
        var engine = Facet("1-1-1/ProcessingEngineRunFacet");
        engine["name"] = "SparsePipeline";
        engine["version"] = Version;
        return engine;
    }

    private static void AddError(JsonObject facets, JsonElement data)
    {
        if (!data.TryGetProperty("failure", out var failure))
            return;
        var error = Facet("1-0-1/ErrorMessageRunFacet");
        error["message"] = $"{failure.GetProperty("reason").GetString()} {failure.GetProperty("remedy").GetString()}";
        error["programmingLanguage"] = "C#";
        facets["errorMessage"] = error;
    }

    private static JsonObject Facet(string schema)
    {
        var name = schema[(schema.IndexOf('/') + 1)..];
        return new JsonObject { ["_producer"] = Producer, ["_schemaURL"] = $"{Facets}{schema}.json#/$defs/{name}" };
    }

    private static IEnumerable<string> DatasetsOf(string? subject) => subject is null ? [] : [subject];

    private static IEnumerable<string> DatasetsIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty("digest", out var digest) && digest.ValueKind == JsonValueKind.String => [$"sha256:{digest.GetString()}"],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => DatasetsIn(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(DatasetsIn),
        _ => [],
    };

    // A run's id is the name of its recipe and twelve digits of its digest.
    private static string RecipeOf(string runId) => runId.Length > DigestLength ? runId[..^DigestLength] : runId;
}
