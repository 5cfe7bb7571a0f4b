using System.Text;
using System.Text.Json;
using SparsePipeline.Contracts;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Hooks;

/// <summary>A hook of a gateway and whoever sends to it.</summary>
internal sealed class TestHook(TestGateway gateway, JsonElement made)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Url => made.GetProperty("url").GetString()!;

    public string Secret => made.GetProperty("secret").GetString()!;

    public static async Task<TestHook> MakeAsync(TestGateway gateway, object body)
    {
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var answer = await PostOnceAsync(client, "/v1/hooks", body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Token));
        return new TestHook(gateway, await BodyAsync(answer));
    }

    public async Task<HttpResponseMessage> SendAsync(string body, params (string Name, string Value)[] headers)
    {
        using var nobody = gateway.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await nobody.SendAsync(request, Token);
    }

    /// <summary>The event that a message became.</summary>
    public async Task<PublishedEvent> EventOfAsync(HttpResponseMessage answer)
    {
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Token));
        return await gateway.EventAsync((await BodyAsync(answer)).GetProperty("eventKey").GetString()!);
    }

    /// <summary>Whether a message was taken for no news.</summary>
    public static async Task<bool> IsIgnoredAsync(HttpResponseMessage answer) =>
        (int)answer.StatusCode == 202 && (await BodyAsync(answer)).TryGetProperty("ignored", out var ignored) && ignored.GetBoolean();

    /// <summary>A notification of a server about some objects.</summary>
    public static string Notification(string eventSource, params (string Name, string Bucket, string Key, string Mark)[] records) => JsonSerializer.Serialize(new
    {
        Records = records.Select(r => new { eventSource, eventName = r.Name, s3 = new { bucket = new { name = r.Bucket }, @object = new { key = r.Key, eTag = r.Mark } } }),
    });
}
