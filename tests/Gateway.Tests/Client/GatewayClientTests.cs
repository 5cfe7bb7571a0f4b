using System.Net;
using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Client;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Client;

/// <summary>The package for .NET programs against a real gateway.</summary>
public sealed class GatewayClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_checkpoint_is_published_and_the_run_that_follows_is_watched_and_stopped()
    {
        await using var gateway = await StartAsync();
        using var client = await OpenAsync(gateway, AccessRoles.Operator);
        await client.Recipes.WriteAsync("small", TestGateway.Recipe, replaced: null, Token);
        var file = Network(1).Save(_folder.File("net.safetensors"));

        var news = await client.Events.PublishAsync(News(await client.Uploads.SendAsync(file, ArtifactFormats.Safetensors, cancellationToken: Token), recipe: "small"), Token);
        var published = await client.Events.WaitAsync(news.EventKey, TimeSpan.FromMinutes(1), Token);
        var runId = published.Outcomes.ShouldHaveSingleItem().RunId!;
        var run = await client.Runs.ReadAsync(runId, Token);

        published.State.ShouldBe(EventStates.Dispatched);
        (run.State, run.RunId, run.Total > 5).ShouldBe(("unfinished", runId, true));
        (await client.Runs.StepsAsync(runId, Token)).Count.ShouldBe(run.Total);
        (await client.Runs.RecipeAsync(runId, Token)).GetProperty("name").GetString().ShouldBe("small");
        (await client.Runs.ListAsync(name: "small*", cancellationToken: Token).ToListAsync(Token)).ShouldHaveSingleItem().RunId.ShouldBe(runId);
        (await client.Events.ListAsync("digits", cancellationToken: Token).ToListAsync(Token)).ShouldHaveSingleItem().EventKey.ShouldBe(news.EventKey);
        (await client.Runs.CancelAsync(runId, Token)).State.ShouldBe("cancelled");
        (await client.Runs.WaitAsync(runId, TimeSpan.FromSeconds(30), cancellationToken: Token)).State.ShouldBe("cancelled");
        (await client.Runs.ResumeAsync(runId, Token)).State.ShouldBe("unfinished");
        await Should.ThrowAsync<TimeoutException>(() => client.Runs.WaitAsync(runId, TimeSpan.Zero, cancellationToken: Token));
    }

    [Fact]
    public async Task A_recipe_is_planned_and_submitted_and_the_same_recipe_is_the_same_run()
    {
        await using var gateway = await StartAsync();
        using var client = await OpenAsync(gateway, AccessRoles.Operator);
        var recipe = TestGateway.Recipe.Replace("pretraining: { epochs: 0 }", "pretraining: { epochs: 1, learningRate: 0.1 }", StringComparison.Ordinal);

        var plan = await client.Runs.PlanAsync(recipe, Token);
        var first = await client.Runs.SubmitAsync(recipe, Token);
        var second = await client.Runs.SubmitAsync(recipe, Token);

        (plan.ToRun > 0, plan.RunId).ShouldBe((true, first.RunId));
        second.RunId.ShouldBe(first.RunId);
    }

    [Fact]
    public async Task Changes_whose_answers_were_lost_are_made_once_and_answered_as_won()
    {
        await using var gateway = await StartAsync();
        using var line = TamperingHandler.LosingFirstAnswers();
        using var client = await OpenAsync(gateway, AccessRoles.Operator, line);
        var rules = new SubscriptionRules { Match = new EventMatch { Model = "digits" }, Recipe = new SubscribedRecipe { Name = "small" } };

        var recipe = await client.Recipes.WriteAsync("small", TestGateway.Recipe, replaced: null, Token);
        var made = await client.Subscriptions.WriteAsync("all", rules, replaced: null, Token);
        await client.Subscriptions.DeleteAsync("all", made.Version, Token);

        (await client.Recipes.ReadAsync("small", Token)).Version.ShouldBe(recipe.Version);
        (await client.Subscriptions.ListAsync(Token).ToListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task More_requests_than_are_let_through_are_made_when_the_gateway_says()
    {
        await using var gateway = await StartAsync(("Gateway:ViewerRate", "2"));
        using var client = await OpenAsync(gateway, AccessRoles.Viewer);

        // Ten are let through at once.
        var answers = await Task.WhenAll(Enumerable.Range(0, 14).Select(_ => client.Recipes.ListAsync(Token).ToListAsync(Token).AsTask()));

        answers.ShouldAllBe(names => names.Count == 0);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        await using var gateway = await StartAsync();
        using var client = await OpenAsync(gateway, AccessRoles.Operator);

        var refused = await Should.ThrowAsync<GatewayException>(() => client.Runs.SubmitAsync("name: x\nmodel: { name: mpl }\ndata: { name: digits }\nsparsity: 2", Token));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.Count.ShouldBeGreaterThan(1);
        refused.Errors.ShouldAllBe(e => e.Reason.Length > 0 && e.Remedy.Length > 0);
        refused.TraceId.ShouldNotBeEmpty();
        refused.Message.ShouldContain(refused.Errors[^1].Reason);
    }

    [Fact]
    public async Task Whoever_changes_what_another_has_changed_is_refused()
    {
        await using var gateway = await StartAsync();
        using var client = await OpenAsync(gateway, AccessRoles.Operator);
        var first = await client.Recipes.WriteAsync("small", TestGateway.Recipe, replaced: null, Token);
        await client.Recipes.WriteAsync("small", TestGateway.Recipe + "\n", first.Version, Token);

        (await Should.ThrowAsync<GatewayException>(() => client.Recipes.WriteAsync("small", TestGateway.Recipe, first.Version, Token))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await Should.ThrowAsync<GatewayException>(() => client.Recipes.WriteAsync("small", TestGateway.Recipe, replaced: null, Token))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await client.Recipes.VersionsAsync("small", Token).ToListAsync(Token)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Subscriptions_are_made_read_paused_and_ended()
    {
        await using var gateway = await StartAsync();
        using var client = await OpenAsync(gateway, AccessRoles.Operator);
        await client.Recipes.WriteAsync("small", TestGateway.Recipe, replaced: null, Token);
        var rules = new SubscriptionRules { Match = new EventMatch { Model = "digits" }, Recipe = new SubscribedRecipe { Name = "small" }, MaxPerDay = 3 };

        var made = await client.Subscriptions.WriteAsync("all", rules, replaced: null, Token);
        (await client.Subscriptions.PauseAsync("all", Token)).Paused.ShouldBeTrue();
        (await client.Subscriptions.ResumeAsync("all", Token)).Paused.ShouldBeFalse();
        var read = await client.Subscriptions.ReadAsync("all", Token);

        (made.Value.MaxPerDay, made.Value.Concurrency, read.Value.Subscription.MaxPerDay).ShouldBe((3, 1, 3));
        await client.Subscriptions.DeleteAsync("all", read.Version, Token);
        (await client.Subscriptions.ListAsync(Token).ToListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whatever_does_not_answer_is_tried_six_times_and_then_told_apart()
    {
        var time = new FakeTimeProvider();
        using var line = new AwayHandler();
        using var client = new GatewayClient(new Uri("http://gateway.example:8081"), "spk_", line, time);

        var asked = client.Runs.ReadAsync("nothing", Token);
        while (!asked.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(1, Token);
        }

        (await Should.ThrowAsync<GatewayUnreachableException>(() => asked)).Message.ShouldBe("The gateway at http://gateway.example:8081/ cannot be reached: away");
        line.Tries.ShouldBe(6);
    }

    [Fact]
    public async Task What_answers_and_is_no_gateway_is_told_apart()
    {
        await using var gateway = await StartAsync();
        using var line = new TamperingHandler((_, _) => new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("<html>") });
        using var client = await OpenAsync(gateway, AccessRoles.Viewer, line);

        (await Should.ThrowAsync<GatewayUnreachableException>(() => client.Runs.ReadAsync("nothing", Token))).Message.ShouldEndWith("answered 404, and not as a gateway does.");
    }

    internal static async Task<GatewayClient> OpenAsync(TestGateway gateway, string role, HttpMessageHandler? line = null) =>
        new(gateway.Address, (await gateway.Keys.CreateAsync(new(role), Token)).Token, line);

    internal static TrainingEvent News(ArtifactRef checkpoint, string? recipe = null) => new()
    {
        Source = "/trainings/digits",
        Id = "step-1",
        Data = new CheckpointPublished { Model = "digits", Checkpoint = checkpoint, Recipe = recipe },
    };

    // Answers at once, so that no time that is skipped falls into a try.
    private sealed class AwayHandler : HttpMessageHandler
    {
        public int Tries { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Tries++;
            throw new HttpRequestException("away");
        }
    }
}
