using System.Text.Json;

namespace SparsePipeline.Contracts;

/// <summary>A stored recipe and what is changed in it.</summary>
public sealed record SubscribedRecipe
{
    public required string Name { get; init; }

    /// <summary>Fields by their dotted names; checkpoint and epochs of the pretraining are set anyway.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }
}
