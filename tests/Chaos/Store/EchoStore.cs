using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SparsePipeline.Chaos.Store;

/// <summary>A server that keeps what was put, whole puts only, so that the proxy's own tests know what reached it.</summary>
internal sealed class EchoStore : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoStore(WebApplication app) => _app = app;

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    /// <summary>Host headers seen.</summary>
    public ConcurrentBag<string> Hosts { get; } = [];

    /// <summary>Raw targets seen.</summary>
    public ConcurrentBag<string> Targets { get; } = [];

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    public static async Task<EchoStore> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var store = new EchoStore(app);
        app.Run(store.HandleAsync);
        await app.StartAsync();
        return store;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        Hosts.Add(context.Request.Host.ToString());
        Targets.Add(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var key = context.Request.Path.ToString();
        if (context.Request.Method == HttpMethods.Put)
            await PutAsync(context, key);
        else if (Objects.TryGetValue(key, out var content))
            await AnswerAsync(context, content);
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private async Task PutAsync(HttpContext context, string key)
    {
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        if (!Objects.TryAdd(key, content.ToArray()) && context.Request.Headers.IfNoneMatch == "*")
            context.Response.StatusCode = StatusCodes.Status412PreconditionFailed;
    }

    private static async Task AnswerAsync(HttpContext context, byte[] content)
    {
        context.Response.ContentLength = content.Length;
        if (context.Request.Method == HttpMethods.Get)
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }
}
