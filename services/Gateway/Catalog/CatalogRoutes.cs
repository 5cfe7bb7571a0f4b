using System.Text.Json.Schema;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Gateway.Outbox;
using SparsePipeline.Gateway.Recipes;
using SparsePipeline.Planning;

namespace SparsePipeline.Gateway.Catalog;

/// <summary><c>/v1/methods</c> and <c>/v1/schemas</c>: what recipes and events may say.</summary>
internal sealed class CatalogRoutes : IRoutes
{
    private const string Json = "application/schema+json";

    private static readonly Dictionary<string, Func<string>> Schemas = OutgoingType.All.ToDictionary(t => $"{t.Schema}/1", t => (Func<string>)t.JsonSchema, StringComparer.Ordinal).Concat(new Dictionary<string, Func<string>>
    {
        ["recipe/1"] = () => RecipeSchema.Generate(ReceivedRecipes.Catalog),
        ["checkpoint-published/1"] = () => ContractJson.Options.GetJsonSchemaAsNode(typeof(CheckpointPublished)).ToJsonString(ContractJson.Options),
    }).ToDictionary(StringComparer.Ordinal);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/methods", () => Answers.Ok(new { Items = ReceivedRecipes.Catalog.Methods })).Allow(AllowedRoles.Viewers)
            .WithSummary("Every method that recipes may name, with its options.").Produces(StatusCodes.Status200OK, contentType: "application/json");
        routes.MapGet("/schemas/{name}/{version}", (string name, string version) => Schemas.TryGetValue($"{name}/{version}", out var schema)
                ? Results.Text(schema(), Json)
                : throw RefusedRequestException.NotFound("such schema", $"There are {string.Join(", ", Schemas.Keys)}."))
            .WithSummary("The JSON Schema of recipes (recipe/1) and of the data of events (checkpoint-published/1, checkpoint-ready/1 and the others).").Produces(StatusCodes.Status200OK, contentType: Json);
    }
}
