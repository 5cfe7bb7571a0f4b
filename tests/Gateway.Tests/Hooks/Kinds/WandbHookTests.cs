using System.Net;
using System.Security.Cryptography;
using System.Text;
using SparsePipeline.Gateway.Hooks;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Hooks.Kinds;

public sealed class WandbHookTests
{
    private const string Body = """{"uri": "s3://models/run-1/net.safetensors", "metrics": {"accuracy": 0.97}}""";

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, null, true)]
    [InlineData(null, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(null, null, false)]
    public async Task A_token_or_a_signature_is_needed_and_whatever_is_sent_has_to_be_right(bool? token, bool? signature, bool isTaken)
    {
        await using var gateway = await StartAsync();
        var hook = await TestHook.MakeAsync(gateway, new { name = "runs", kind = "wandb", model = "digits" });
        var headers = new List<(string, string)>();
        if (token is { } isRight)
            headers.Add(("Authorization", $"Bearer {(isRight ? hook.Secret : "wrong")}"));
        if (signature is { } isSigned)
            headers.Add(("X-Wandb-Signature", Proofs.MacInHex(isSigned ? hook.Secret : "wrong", Encoding.UTF8.GetBytes(Body))));

        var answer = await hook.SendAsync(Body, [.. headers]);

        if (!isTaken)
        {
            (answer.StatusCode, (await CodesAsync(answer))[0]).ShouldBe((HttpStatusCode.Unauthorized, "bad-signature"));
            return;
        }
        var found = await hook.EventOfAsync(answer);
        (found.Id, found.Data.Model, found.Data.Uri, found.Data.Metrics!["accuracy"]).ShouldBe(
            (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Body))), "digits", "s3://models/run-1/net.safetensors", 0.97));
    }

    [Fact]
    public void The_signature_is_that_of_the_vector() =>
        Proofs.MacInHex("s3cret-for-tests", """{"entity":"model_version_alias","action":"created","timestamp":"2026-11-29T02:00:00+00:00","data":{"name":"digits","alias":"candidate","version":"7"}}"""u8)
            .ShouldBe("63ad109136141216adf0bdde24273ea731d2d338519d3fb745b005379027a147");

    [Fact]
    public async Task What_the_template_did_not_fill_in_is_ignored_and_what_it_filled_in_wrongly_is_told()
    {
        await using var gateway = await StartAsync();
        var hook = await TestHook.MakeAsync(gateway, new { name = "runs", kind = "wandb" });

        (await TestHook.IsIgnoredAsync(await SendAsync(hook, """{"uri": null}"""))).ShouldBeTrue();
        (await TestHook.IsIgnoredAsync(await SendAsync(hook, "[]"))).ShouldBeTrue();
        (await SendAsync(hook, """{"uri": "s3://models/a"}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "of no model");
        (await SendAsync(hook, """{"model": "digits", "uri": "https://example.org/a"}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static Task<HttpResponseMessage> SendAsync(TestHook hook, string body) => hook.SendAsync(body, ("Authorization", $"Bearer {hook.Secret}"));
}
