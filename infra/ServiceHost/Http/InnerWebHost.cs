using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SparsePipeline.Contracts;

namespace SparsePipeline.ServiceHost.Http;

/// <summary>A web host inside a service, which itself decides when it starts and stops, and to which signals are left.</summary>
public static class InnerWebHost
{
    /// <summary>One that listens at an address and logs as the service does.</summary>
    public static WebApplicationBuilder CreateBuilder(WebApplicationOptions options, string url, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(options);
        builder.WebHost.UseKestrelCore().UseUrls(url);
        builder.Services.AddSingleton(loggers).AddSingleton<IHostLifetime, InnerLifetime>();
        return builder;
    }

    /// <summary>Opens its port.</summary>
    /// <param name="app">The host.</param>
    /// <param name="setting">Name of the setting that says which port.</param>
    /// <param name="port">That port.</param>
    /// <param name="otherwise">What may stand there besides another port.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: the port cannot be opened.</exception>
    public static async Task OpenAsync(WebApplication app, string setting, int port, string otherwise, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new DomainException(FailureCodes.InvalidOption, $"{setting} is {port}, which cannot be opened: {exception.Message}", $"Choose another port, or {otherwise}.");
        }
    }

    /// <summary>Lets what is being answered be answered, and closes the port.</summary>
    public static async Task CloseAsync(WebApplication app, CancellationToken cancellationToken)
    {
        await app.StopAsync(cancellationToken);
        await app.DisposeAsync();
    }
}
