using System.Text.Json;

namespace SparsePipeline.Gateway.Hooks;

/// <summary>News of a checkpoint in a message: what becomes an event.</summary>
/// <param name="Source">Of the event.</param>
/// <param name="Id">Of the event; the same message again has the same.</param>
/// <param name="Data">Of the event, still to be checked.</param>
internal sealed record HookNews(string Source, string Id, JsonElement Data);
