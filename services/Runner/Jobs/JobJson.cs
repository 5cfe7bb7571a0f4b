using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Requests, replies and reports as JSON.</summary>
internal static class JobJson
{
    public static T Read<T>(JsonElement request) =>
        request.Deserialize<T>(ContractJson.Options) ?? throw new JsonException($"A {typeof(T).Name} was expected, but the request is null.");

    public static JsonElement Write<T>(T reply) => JsonSerializer.SerializeToElement(reply, ContractJson.Options);
}
