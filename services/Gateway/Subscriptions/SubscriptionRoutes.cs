using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Events;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Gateway.Recipes;

namespace SparsePipeline.Gateway.Subscriptions;

/// <summary><c>/v1/subscriptions</c>: what is run with every new checkpoint of a model.</summary>
internal sealed class SubscriptionRoutes(SubscriptionStore store, RecipeShelf shelf, ReceivedRecipes recipes, EventSignals signals, TimeProvider time) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/subscriptions", (Delegate)ListAsync).Allow(AllowedRoles.Viewers).WithSummary("All subscriptions.").Produces<Page<Subscription>>();
        routes.MapGet("/subscriptions/{name}", (Delegate)ReadAsync).Allow(AllowedRoles.Viewers)
            .WithSummary("A subscription and what it has done; the ETag is for changing it.").Produces<SubscriptionAnswer>();
        routes.MapPut("/subscriptions/{name}", (Delegate)WriteAsync).Allow(AllowedRoles.Operators).WithSummary("Make or change a subscription.")
            .Accepts<Subscription>("application/json").Produces<Subscription>().Produces<Subscription>(StatusCodes.Status201Created);
        routes.MapDelete("/subscriptions/{name}", (Delegate)DeleteAsync).Allow(AllowedRoles.Operators)
            .WithSummary("End a subscription; what it has started goes on.").Produces(StatusCodes.Status204NoContent);
        routes.MapPost("/subscriptions/{name}/pause", (HttpContext context, string name) => PauseAsync(context, name, paused: true)).Allow(AllowedRoles.Operators)
            .WithSummary("Start nothing for now; the newest event waits.").Produces<Subscription>();
        routes.MapPost("/subscriptions/{name}/resume", (HttpContext context, string name) => PauseAsync(context, name, paused: false)).Allow(AllowedRoles.Operators)
            .WithSummary("Go on after a pause.").Produces<Subscription>();
    }

    private async Task<IResult> ListAsync(HttpContext context) => Answers.Ok(await PageQuery.OfNamesAsync(
        context, after => store.ListAsync(after, context.RequestAborted),
        async name => await store.ReadAsync(name, context.RequestAborted) is ({ DeletedAt: null } subscription, _) ? subscription : null));

    private async Task<IResult> ReadAsync(HttpContext context, string name)
    {
        var (subscription, version) = await FindAsync(context, name);
        return Answers.Versioned(context, new SubscriptionAnswer(subscription, (await store.ReadStateAsync(name, context.RequestAborted)).State), version);
    }

    private async Task<IResult> WriteAsync(HttpContext context, string name)
    {
        FieldReader.NameOf(name);
        var replaced = Preconditions.VersionOf(context);
        var subscription = SubscriptionReader.Read(name, await RequestBody.ReadObjectAsync(context), Caller.Of(context).KeyId);
        if (await shelf.ReadAsync(subscription.Recipe.Name, context.RequestAborted) is not var (recipe, _))
            throw RefusedRequestException.Of(
                StatusCodes.Status422UnprocessableEntity, "unknown-recipe", $"There is no stored recipe '{subscription.Recipe.Name}'.", "PUT it to /v1/recipes first.", "recipe.name");
        recipes.Check(recipe.Text, subscription.Recipe.Values());
        var isNew = replaced is null;
        // One that was deleted gives its name back.
        if (isNew && await store.ReadAsync(name, context.RequestAborted) is var (old, tombstone) && old.DeletedAt is not null)
            replaced = tombstone;
        var version = await store.WriteAsync(subscription, replaced, context.RequestAborted);
        signals.SweepSoon();
        return Answers.Versioned(context, subscription, version, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private async Task<IResult> DeleteAsync(HttpContext context, string name)
    {
        var replaced = Preconditions.VersionOf(context) ?? throw Preconditions.Lost();
        var (subscription, _) = await FindAsync(context, name);
        await store.WriteAsync(subscription with { DeletedAt = time.GetUtcNow(), Nonce = Guid.NewGuid().ToString("N") }, replaced, context.RequestAborted);
        signals.SweepSoon();
        return Results.NoContent();
    }

    private async Task<IResult> PauseAsync(HttpContext context, string name, bool paused)
    {
        var (subscription, version) = await FindAsync(context, name);
        if (subscription.Paused == paused)
            return Answers.Versioned(context, subscription, version);
        var changed = subscription with { Paused = paused, Nonce = Guid.NewGuid().ToString("N") };
        var written = await store.WriteAsync(changed, version, context.RequestAborted);
        signals.SweepSoon();
        return Answers.Versioned(context, changed, written);
    }

    private async Task<(Subscription Subscription, string Version)> FindAsync(HttpContext context, string name) =>
        await store.ReadAsync(FieldReader.NameOf(name), context.RequestAborted) is var (found, version) && found.DeletedAt is null
            ? (found, version)
            : throw RefusedRequestException.NotFound($"subscription '{name}'");
}
