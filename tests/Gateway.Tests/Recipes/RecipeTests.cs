using System.Net;
using System.Text;
using SparsePipeline.Contracts;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Recipes;

public sealed class RecipeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_says_what_it_changes_and_of_two_one_wins()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        (await CodesAsync(await PutAsync(client, "small", TestGateway.Recipe, header: null, value: ""))).ShouldBe(["precondition-required"]);

        var created = await PutAsync(client, "small", TestGateway.Recipe, "If-None-Match", "*");
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        var changed = TestGateway.Recipe.Replace("0.5", "0.6", StringComparison.Ordinal);
        (await CodesAsync(await PutAsync(client, "small", changed, "If-None-Match", "*"))).ShouldBe(["precondition-failed"]);
        var etag = created.Headers.ETag!.ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PutAsync(client, "small", $"{changed}\n# {i}", "If-Match", etag)));

        answers.Select(a => a.StatusCode).Order().ShouldBe([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.PreconditionFailed, 7)]);
        (await BodyAsync(await client.GetAsync("/v1/recipes/small", Token))).GetProperty("text").GetString()!.ShouldStartWith(changed);
        (await BodyAsync(await client.GetAsync("/v1/recipes/small/versions", Token))).GetProperty("items").GetArrayLength().ShouldBe(10, "each was stored before it was known who wins");
    }

    [Fact]
    public async Task Whoever_sends_a_change_again_has_won_it_and_another_key_has_not()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        using var other = await gateway.ClientAsync(AccessRoles.Operator);
        var created = await PutAsync(client, "small", TestGateway.Recipe, "If-None-Match", "*");

        var again = await PutAsync(client, "small", TestGateway.Recipe, "If-None-Match", "*");

        (again.IsSuccessStatusCode, again.Headers.ETag).ShouldBe((true, created.Headers.ETag));
        (await CodesAsync(await PutAsync(other, "small", TestGateway.Recipe, "If-None-Match", "*"))).ShouldBe(["precondition-failed"]);
    }

    [Fact]
    public async Task A_recipe_that_cannot_be_started_is_refused_with_all_its_errors()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);

        var answer = await StoreRecipeAsync(client, "wrong", TestGateway.Recipe.Replace("sparsity: 0.5", "sparsity: 5", StringComparison.Ordinal).Replace("mlp", "mpl", StringComparison.Ordinal) + "\nsurprise: 1");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var errors = (await BodyAsync(answer)).GetProperty("errors").EnumerateArray().ToList();
        errors.Count.ShouldBeGreaterThanOrEqualTo(3);
        errors.ShouldAllBe(e => e.GetProperty("line").GetInt64() > 0);
    }

    [Theory]
    [InlineData("Upper")]
    [InlineData("a_b")]
    [InlineData("-a")]
    [InlineData("%2e%2e%2fruns")]
    [InlineData("%3Cscript%3E")]
    public async Task A_name_that_is_none_is_refused_before_it_is_part_of_a_key(string name)
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);

        (await CodesAsync(await PutAsync(client, name, TestGateway.Recipe, "If-None-Match", "*"))).ShouldBe(["invalid-name"]);
        (await gateway.Objects.ListAsync("recipes/", Token).ToListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_are_listed_in_pages()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        foreach (var name in new[] { "c", "a", "a-b", "b" })
            await StoreRecipeAsync(client, name, TestGateway.Recipe);

        var first = await BodyAsync(await client.GetAsync("/v1/recipes?limit=3", Token));
        var second = await BodyAsync(await client.GetAsync($"/v1/recipes?limit=3&cursor={first.GetProperty("next").GetString()}", Token));

        first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(n => n.GetString()).Order(StringComparer.Ordinal).ShouldBe(["a", "a-b", "b", "c"]);
        second.TryGetProperty("next", out _).ShouldBeFalse();
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string name, string text, string? header, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/recipes/{name}") { Content = new StringContent(text, Encoding.UTF8, "application/yaml") };
        if (header is not null)
            request.Headers.TryAddWithoutValidation(header, value);
        return client.SendAsync(request, Token);
    }
}
