using System.Net;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Catalog;

public sealed class CatalogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_schema_of_recipes_is_the_one_of_the_documentation()
    {
        await using var gateway = await StartAsync();
        using var client = gateway.Client();

        var schema = await client.GetStringAsync("/v1/schemas/recipe/1", Token);

        JsonElement.DeepEquals(JsonDocument.Parse(schema).RootElement, JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "recipe.schema.json"))).RootElement).ShouldBeTrue();
        var data = JsonDocument.Parse(await client.GetStringAsync("/v1/schemas/checkpoint-published/1", Token)).RootElement;
        data.GetProperty("properties").EnumerateObject().Select(p => p.Name).ShouldBe(["model", "checkpoint", "upload", "uri", "versionId", "sha256", "recipe", "metrics", "tags"]);
        (await client.GetAsync("/v1/schemas/recipe/2", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_axis_has_its_methods()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Viewer);

        var methods = (await BodyAsync(await client.GetAsync("/v1/methods", Token))).GetProperty("items").EnumerateArray().ToList();

        methods.Select(m => m.GetProperty("axis").GetString()).Distinct().Count().ShouldBeGreaterThan(10);
        methods.ShouldContain(m => m.GetProperty("name").GetString() == "global-magnitude");
    }
}
