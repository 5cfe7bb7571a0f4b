namespace SparsePipeline.Gateway.Tests.Client;

/// <summary>A line to a real gateway that somebody interferes with.</summary>
internal sealed class TamperingHandler(Func<HttpRequestMessage, HttpResponseMessage, HttpResponseMessage> change) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    /// <summary>What was sent, in order: method, path, whether a key went with it.</summary>
    public List<(HttpMethod Method, string Path, bool WithKey)> Sent { get; } = [];

    /// <summary>Loses the answer to each first request of its kind, after the gateway has done what it asks.</summary>
    public static TamperingHandler LosingFirstAnswers()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return new TamperingHandler((request, answer) => seen.Add($"{request.Method} {request.RequestUri!.AbsolutePath}") ? throw new HttpRequestException("lost on purpose") : answer);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent.Add((request.Method, request.RequestUri!.AbsolutePath, request.Headers.Authorization is not null));
        return change(request, await base.SendAsync(request, cancellationToken));
    }
}
