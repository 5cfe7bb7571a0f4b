using System.Text.Json;

namespace SparsePipeline.Contracts;

/// <summary>Option values by name, always enumerated in ordinal order so that equal options have equal canonical JSON.</summary>
public sealed class MethodOptions() : SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
