using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Chaos.Store;

/// <summary>
/// One process's way to the object store: passes requests on, misbehaves as told, counts what it did, and lets a listener see
/// a request before it is passed on and after the store has obeyed.
/// </summary>
internal sealed class StoreProxy(Uri server) : IAsyncDisposable
{
    private static readonly PassOn Honest = new();
    private readonly Upstream _upstream = new(server);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _harm = new(StringComparer.Ordinal);
    private (IMischief Mischief, double Share, Random Random) _plan = (Honest, 0, new Random(0));
    private WebApplication? _app;
    private CancellationTokenSource _lifted = new();
    private readonly int _port = FreePort.Next();
    private int _requests;

    /// <summary>Where the process finds "its" store.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>Requests seen.</summary>
    public int Requests => _requests;

    /// <summary>Sees a request before it is passed on; true swallows it.</summary>
    public Func<StoreRequest, Task<bool>>? Arriving { get; set; }

    /// <summary>Sees the status of a request that the store has obeyed, before the client does; true swallows the answer.</summary>
    public Func<StoreRequest, int, Task<bool>>? Obeyed
    {
        get => _upstream.Obeyed;
        set => _upstream.Obeyed = value;
    }

    /// <summary>How often each mischief did harm.</summary>
    public IReadOnlyDictionary<string, int> Harm
    {
        get
        {
            lock (_gate)
                return new Dictionary<string, int>(_harm);
        }
    }

    /// <summary>Opens the port: the same one after <see cref="RefuseAsync"/>.</summary>
    public async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = TimeSpan.Zero);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, _port);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        var app = builder.Build();
        app.Run(HandleAsync);
        await app.StartAsync();
        _app = app;
    }

    /// <summary>Closes the port and breaks what is open: the store is down.</summary>
    public async Task RefuseAsync()
    {
        if (Interlocked.Exchange(ref _app, null) is not { } app)
            return;
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    /// <summary>From now on a share of requests meets the mischief; the seed decides which.</summary>
    public void Misbehave(IMischief mischief, double share = 1, int seed = 0)
    {
        lock (_gate)
            _plan = (mischief, share, new Random(seed));
    }

    /// <summary>Passes everything on again; requests that hang are broken off.</summary>
    public async Task BehaveAsync()
    {
        Misbehave(Honest, share: 0);
        if (_app is null)
            await ListenAsync();
        await Interlocked.Exchange(ref _lifted, new CancellationTokenSource()).CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await RefuseAsync();
        _upstream.Dispose();
        _lifted.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        var request = StoreRequest.Of(context.Request.Method, context.Features.Get<IHttpRequestFeature>()!.RawTarget);
        try
        {
            if (Arriving is { } arriving && await arriving(request))
                context.Abort();
            else
                await HandleAsync(context, Choose());
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException or SocketException)
        {
            context.Abort();
        }
    }

    private async Task HandleAsync(HttpContext context, IMischief mischief)
    {
        using var lifted = _lifted.Token.Register(mischief is Hang ? context.Abort : () => { });
        await mischief.HandleAsync(context, _upstream, () => Count(mischief.GetType().Name));
    }

    private IMischief Choose()
    {
        lock (_gate)
            return _plan.Random.NextDouble() < _plan.Share ? _plan.Mischief : Honest;
    }

    private void Count(string mischief)
    {
        lock (_gate)
            _harm[mischief] = _harm.GetValueOrDefault(mischief) + 1;
    }
}
