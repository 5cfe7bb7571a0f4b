using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.ServiceHost.Http;

namespace SparsePipeline.Gateway;

/// <summary>Serves the gateway's endpoints from when the bus and the workers of this process are there until they stop.</summary>
/// <remarks>A web host of its own inside the service, so that a process that embeds workers decides by itself when it starts and stops.</remarks>
public sealed class GatewayServer : IHostedLifecycleService
{
    private const int MostHeaderBytes = 16 * 1024;
    private readonly IServiceProvider _services;
    private readonly GatewayOptions _options;
    private WebApplication? _app;

    /// <summary>Opens nothing yet.</summary>
    public GatewayServer(IServiceProvider services, IOptions<GatewayOptions> options) => (_services, _options) = (services, options.Value);

    /// <summary>Where it listens; null before it has started.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Whether new requests are taken.</summary>
    public bool IsListening { get; private set; }

    /// <inheritdoc />
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        _app = Build();
        await InnerWebHost.OpenAsync(_app, "Gateway:HttpPort", _options.HttpPort, "0 for a free one", cancellationToken);
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        IsListening = true;
        _services.GetRequiredService<ILogger<GatewayServer>>().Listening(Address.ToString());
    }

    /// <inheritdoc />
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        IsListening = false;
        if (_app is not null)
            await InnerWebHost.CloseAsync(_app, cancellationToken);
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private WebApplication Build()
    {
        var scheme = string.IsNullOrEmpty(_options.CertificateFile) ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        var builder = InnerWebHost.CreateBuilder(
            new WebApplicationOptions { ApplicationName = "SparsePipeline.Gateway" }, $"{scheme}://{Host}:{_options.HttpPort}", _services.GetRequiredService<ILoggerFactory>());
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(server =>
        {
            if (scheme == Uri.UriSchemeHttps)
                UseCertificate(server);
            server.AddServerHeader = false;
            server.Limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
            server.Limits.MaxRequestBodySize = RequestBody.MostBytes;
        });
        builder.Services.AddRouting();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolver = AnswerJson.Options.TypeInfoResolver);
        builder.Services.AddDescription();
        var app = builder.Build();
        app.UseForwardedHeaders(Forwarded());
        app.Use(next => context => _services.GetRequiredService<RequestMeasure>().InvokeAsync(context, next));
        app.Use(next => context => _services.GetRequiredService<Audit>().InvokeAsync(context, next));
        app.Use(next => context => _services.GetRequiredService<ProblemAnswers>().InvokeAsync(context, next));
        app.UseRouting();
        app.Use(next => context => _services.GetRequiredService<Authentication>().InvokeAsync(context, next));
        app.Use(next => context => _services.GetRequiredService<RequestLimits>().InvokeAsync(context, next));
        app.Use(next => context => _services.GetRequiredService<Idempotency>().InvokeAsync(context, next));
        app.UseEndpoints(_ => { });
        app.MapOpenApi("/openapi/{documentName}.json");
        var v1 = app.MapGroup("/v1");
        foreach (var routes in _services.GetServices<IRoutes>())
            routes.Map(routes is IRootRoutes ? app : v1);
        return app;
    }

    private void UseCertificate(KestrelServerOptions server)
    {
        var certificate = new ServerCertificate(_options.CertificateFile!, _options.KeyFile!, _services.GetRequiredService<ILogger<ServerCertificate>>());
        try
        {
            _ = certificate.Current;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or ArgumentException)
        {
            throw new DomainException(
                FailureCodes.InvalidOption, $"Gateway:CertificateFile is '{_options.CertificateFile}', which cannot be read with its key: {exception.Message}",
                "Give a certificate and its private key, both in PEM.");
        }
        server.ConfigureHttpsDefaults(https =>
        {
            // Asked for by Kestrel, and passed over: a selector names one certificate and not those behind it.
            https.ServerCertificateSelector = (_, _) => certificate.Current.TargetCertificate;
            https.OnAuthenticate = (_, options) => (options.ServerCertificateContext, options.ServerCertificateSelectionCallback) = (certificate.Current, null);
        });
    }

    // Whoever else says where a request came from is not believed.
    private ForwardedHeadersOptions Forwarded()
    {
        var forwarded = new ForwardedHeadersOptions();
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        foreach (var proxy in GatewayFilesValidator.Proxies(_options))
        {
            if (IPAddress.TryParse(proxy, out var address))
                forwarded.KnownProxies.Add(address);
            else
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }
        forwarded.ForwardedHeaders = forwarded.KnownProxies.Count + forwarded.KnownIPNetworks.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        return forwarded;
    }

    // A name would open a port for each of its addresses, and 0 stands for a free port on one address only.
    private string Host => _options.HttpHost == "localhost" ? "127.0.0.1" : _options.HttpHost;
}
