using System.Net;
using System.Text;
using SparsePipeline.Contracts;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Runs;

public sealed class RunTests
{
    private const string Training =
        """
        name: small
        model: { name: mlp, options: { hidden: [16] } }
        data: { name: digits, limit: 200 }
        pretraining: { epochs: 2, learningRate: 0.1 }
        sparsification: { sparsity: 0.5, cycles: 1 }
        retraining: { epochs: 1, candidates: 2 }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recipe_is_a_run_however_often_it_is_sent()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        (await BodyAsync(await PostAsync(client, "/v1/runs/plan", Training))).GetProperty("toRun").GetInt32().ShouldBeGreaterThan(3);
        (await PostAsync(client, "/v1/runs?dryRun=true", Training)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.Runs.ListAsync(Token).ToListAsync(Token)).ShouldBeEmpty("a plan changes nothing");

        var first = await PostAsync(client, "/v1/runs", Training);
        var second = await PostAsync(client, "/v1/runs", Training);

        (first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.OK));
        var runId = (await BodyAsync(first)).GetProperty("runId").GetString();
        (await BodyAsync(second)).GetProperty("runId").GetString().ShouldBe(runId);
        var run = await BodyAsync(await client.GetAsync($"/v1/runs/{runId}", Token));
        (run.GetProperty("state").GetString(), run.GetProperty("done").GetInt32()).ShouldBe(("unfinished", 0));
        (await BodyAsync(await client.GetAsync($"/v1/runs/{runId}/steps", Token)))[0].GetProperty("state").GetString().ShouldBe("ready");
        (await BodyAsync(await client.GetAsync($"/v1/runs/{runId}/recipe", Token))).GetProperty("name").GetString().ShouldBe("small");
        (await client.GetAsync($"/v1/runs/{runId}/report", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_run_is_cancelled_and_resumed()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var runId = (await BodyAsync(await PostAsync(client, "/v1/runs", Training))).GetProperty("runId").GetString()!;

        var cancelled = await client.PostAsync($"/v1/runs/{runId}/cancel", content: null, Token);
        (cancelled.StatusCode, (await BodyAsync(cancelled)).GetProperty("state").GetString()).ShouldBe((HttpStatusCode.Accepted, "cancelled"));
        (await ListAsync(client, "state=cancelled")).ShouldBe([runId]);
        (await ListAsync(client, "state=unfinished")).ShouldBeEmpty();
        await client.PostAsync($"/v1/runs/{runId}/resume", content: null, Token);

        (await ListAsync(client, "state=unfinished&name=sm*")).ShouldBe([runId]);
        (await gateway.Runs.IsCancelledAsync(runId, Token)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("pretraining: { epochs: 2, learningRate: 0.1 }", "pretraining: { epochs: 2, learningRate: 0.1, weights: /etc/passwd }", "local-file")]
    [InlineData("data: { name: digits, limit: 200 }", "data: { name: csv, path: /etc }", "data-digest-missing")]
    [InlineData("cycles: 1", "cycles: 1, cicles: 2", "invalid-recipe")]
    [InlineData("pretraining: { epochs: 2, learningRate: 0.1 }", "pretraining: { epochs: 2, learningRate: 0.1, checkpoint: { digest: 0000000000000000000000000000000000000000000000000000000000000000, sizeBytes: 1, format: safetensors } }", "missing-artifact")]
    public async Task A_recipe_that_names_what_is_not_there_is_refused(string old, string replacement, string code)
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);

        var answer = await PostAsync(client, "/v1/runs", Training.Replace(old, replacement, StringComparison.Ordinal));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await CodesAsync(answer)).ShouldContain(code);
        (await gateway.Runs.ListAsync(Token).ToListAsync(Token)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nobody-0123456789ab")]
    [InlineData("x")]
    [InlineData("%2e%2e")]
    public async Task A_run_that_does_not_exist_is_not_found(string runId)
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);

        foreach (var path in new[] { "", "/steps", "/recipe", "/report" })
            (await client.GetAsync($"/v1/runs/{runId}{path}", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsync($"/v1/runs/{runId}/cancel", content: null, Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_recipe_in_JSON_is_the_same_run()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Viewer);
        const string Json = """{"name":"small","model":{"name":"mlp","options":{"hidden":[16]}},"data":{"name":"digits","limit":200},"pretraining":{"epochs":2,"learningRate":0.1},"sparsification":{"sparsity":0.5,"cycles":1},"retraining":{"epochs":1,"candidates":2}}""";

        var answers = new[] { await BodyAsync(await PostAsync(client, "/v1/runs/plan", Json)), await BodyAsync(await PostAsync(client, "/v1/runs/plan", Training)) };

        answers[0].GetProperty("runId").GetString().ShouldBe(answers[1].GetProperty("runId").GetString());
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string recipe) =>
        client.PostAsync(path, new StringContent(recipe, Encoding.UTF8, "application/yaml"), Token);

    private static async Task<string?[]> ListAsync(HttpClient client, string query) =>
        [.. (await BodyAsync(await client.GetAsync($"/v1/runs?{query}", Token))).GetProperty("items").EnumerateArray().Select(r => r.GetProperty("runId").GetString())];
}
