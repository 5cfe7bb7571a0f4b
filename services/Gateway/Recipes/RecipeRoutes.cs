using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Http;

namespace SparsePipeline.Gateway.Recipes;

/// <summary><c>/v1/recipes</c>: recipes that events and subscriptions name.</summary>
internal sealed class RecipeRoutes(RecipeShelf shelf, ReceivedRecipes recipes) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/recipes", (Delegate)ListAsync).Allow(AllowedRoles.Viewers).WithSummary("Names of the stored recipes.").Produces<Page<string>>();
        routes.MapGet("/recipes/{name}", (Delegate)ReadAsync).Allow(AllowedRoles.Viewers).WithSummary("A stored recipe; the ETag is for changing it.").Produces<StoredRecipe>();
        routes.MapPut("/recipes/{name}", (Delegate)WriteAsync).Allow(AllowedRoles.Operators)
            .WithSummary("Store a recipe, in YAML or JSON. One with pretraining.epochs 0 needs no checkpoint: events bring it.")
            .Accepts<string>("application/yaml", "application/json").Produces<StoredRecipe>().Produces<StoredRecipe>(StatusCodes.Status201Created);
        routes.MapGet("/recipes/{name}/versions", (Delegate)VersionsAsync).Allow(AllowedRoles.Viewers)
            .WithSummary("All versions of a recipe, newest first.").Produces<Page<StoredRecipe>>();
    }

    private async Task<IResult> ListAsync(HttpContext context) =>
        Answers.Ok(await PageQuery.OfNamesAsync(context, after => shelf.ListAsync(after, context.RequestAborted), Task.FromResult<string?>));

    private async Task<IResult> ReadAsync(HttpContext context, string name) =>
        await shelf.ReadAsync(FieldReader.NameOf(name), context.RequestAborted) is var (recipe, version)
            ? Answers.Versioned(context, recipe, version)
            : throw NotFound(name);

    private async Task<IResult> WriteAsync(HttpContext context, string name)
    {
        FieldReader.NameOf(name);
        var replaced = Preconditions.VersionOf(context);
        var text = RequestBody.Text(await RequestBody.ReadAsync(context, RequestBody.MostBytesOfDocument));
        recipes.Check(text);
        var (recipe, version) = await shelf.WriteAsync(name, text, Caller.Of(context).KeyId, replaced, context.RequestAborted);
        return Answers.Versioned(context, recipe, version, replaced is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private async Task<IResult> VersionsAsync(HttpContext context, string name)
    {
        var versions = await shelf.VersionsAsync(FieldReader.NameOf(name), context.RequestAborted).ToListAsync(context.RequestAborted);
        return versions.Count > 0 ? Answers.Ok(new Page<StoredRecipe>([.. versions.OrderByDescending(v => v.StoredAt)], Next: null)) : throw NotFound(name);
    }

    private static RefusedRequestException NotFound(string name) => RefusedRequestException.NotFound($"recipe '{name}'", "PUT it, or GET /v1/recipes for those there are.");
}
