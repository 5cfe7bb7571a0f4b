using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// The JSON Schema (draft 2020-12) of recipes, for editors that complete and check while one writes. It is made from the
/// same records, attributes and methods as <see cref="RecipeReader"/>, which also checks what a schema cannot say.
/// </summary>
public static class RecipeSchema
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as indented JSON; the same methods give the same text.</summary>
    /// <param name="catalog">The methods a recipe may name.</param>
    public static string Generate(MethodCatalog catalog)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "SparsePipeline recipe",
        };
        foreach (var (name, value) in new RecordSchema(catalog).Of(typeof(Recipe)).ToList()) schema[name] = value?.DeepClone();
        return schema.ToJsonString(Readable);
    }
}
