using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Hooks;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Gateway.Outbox;
using SparsePipeline.Gateway.Streams;

namespace SparsePipeline.Gateway.Webhooks;

/// <summary>Reads a webhook as it comes over HTTP, and refuses all at once what is wrong with it.</summary>
internal static class WebhookReader
{
    private const int MostUrl = 2000;
    private const int MostTypes = 50;

    /// <exception cref="RefusedRequestException">400 with everything that is wrong.</exception>
    public static WebhookRequest Read(JsonElement json)
    {
        var body = new FieldReader(json);
        var (url, types, secret) = (ReadUrl(body), ReadTypes(body), body.Text("secret", most: 200));
        if (secret is not null && !StandardSignature.IsSecret(secret))
            body.Wrong("secret", "none", "Give whsec_ and base64 of 24 to 64 bytes, or leave it out.");
        body.Done();
        return new WebhookRequest(url!, types!, secret);
    }

    private static string? ReadUrl(FieldReader body)
    {
        if (body.Text("url", MostUrl, required: true) is not { } text)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) || url.Host.Length == 0)
            return body.Wrong("url", $"'{text}'", "Give an absolute address, such as https://hooks.example.com/sparsepipeline.");
        return url.UserInfo.Length > 0 || url.Fragment.Length > 0
            ? body.Wrong("url", "an address with a user or a fragment", "Leave both out; receivers know us by the signature.")
            : url.AbsoluteUri;
    }

    private static string[]? ReadTypes(FieldReader body)
    {
        if (body.Texts("types", MostTypes, MostUrl, required: true) is not { } types)
            return null;
        foreach (var strange in types.Where(p => !OutgoingType.All.Any(t => StreamFilter.Matches(p, t.Name))))
            body.Wrong("types", $"'{strange}', which no type matches", $"Give some of {string.Join(", ", OutgoingType.All.Select(t => t.Name))}, or a pattern with *.");
        return types;
    }
}
