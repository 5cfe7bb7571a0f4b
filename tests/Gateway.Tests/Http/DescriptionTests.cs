using System.Net;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Http;

public sealed class DescriptionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_description_is_up_to_date()
    {
        await using var gateway = await StartAsync();
        using var client = gateway.Client();

        var (stored, expected) = GeneratedFile.Compare("openapi/v1.json", await client.GetStringAsync("/openapi/v1.json", Token));

        expected.ShouldBe(stored, "run `make docs`");
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/", HttpStatusCode.NotFound, "not-found")]
    [InlineData("DELETE", "/v1/events", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("GET", "/v1/artifacts/abc", HttpStatusCode.BadRequest, "invalid-digest")]
    [InlineData("GET", "/v1/runs?state=strange", HttpStatusCode.BadRequest, "invalid-query")]
    [InlineData("GET", "/v1/runs?since=today", HttpStatusCode.BadRequest, "invalid-query")]
    [InlineData("GET", "/v1/runs?cursor=!", HttpStatusCode.UnprocessableEntity, "invalid-option")]
    public async Task What_cannot_be_answered_is_a_problem_document(string method, string path, HttpStatusCode status, string code)
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Admin);

        var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Parse(method), path), Token);

        answer.StatusCode.ShouldBe(status);
        (await CodesAsync(answer)).ShouldBe([code]);
    }

    [Fact]
    public async Task Headers_and_bodies_have_a_bound()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Admin);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/runs");
        request.Headers.TryAddWithoutValidation("X-Large", new string('x', 17_000));

        (await client.SendAsync(request, Token)).StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
        (await client.PostAsync("/v1/uploads", new StringContent(new string(' ', 1_100_000), Encoding.UTF8, "application/json"), Token)).StatusCode
            .ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Health_needs_no_key()
    {
        await using var gateway = await StartAsync();
        using var client = gateway.Client();

        (await client.GetAsync("/health/live", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/health/ready", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
