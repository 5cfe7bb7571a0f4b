using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Gateway.Lineage;
using SparsePipeline.Gateway.Streams;
using SparsePipeline.Gateway.Webhooks;
using SparsePipeline.Gateway.Webhooks.Sending;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Outbox;

/// <summary>Everything that tells others what has happened.</summary>
internal static class OutgoingRegistration
{
    /// <summary>Adds the outbox, streams, webhooks, on a shared bus the exchange for programs outside, and lineage where an endpoint is named.</summary>
    public static IServiceCollection AddOutgoing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRunNews();
        services.AddSingleton<OutgoingEvents>().AddSingleton<OutboxStore>().AddSingleton<RunCursors>().AddSingleton<RunFacts>().AddSingleton<RunCollector>();
        services.AddSingleton<PendingEvents>().AddSingleton<EventRing>();
        services.AddValidated<WebhookOptions, WebhookOptionsValidator>(configuration, WebhookOptions.Section);
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookListsValidator>();
        services.AddSingleton<WebhookStore>().AddSingleton<DeliveryStore>().AddSingleton<DeliverySignals>().AddSingleton<DeliveryProgress>().AddSingleton<DisabledWebhooks>();
        services.AddSingleton<AddressGuard>().AddSingleton<WebhookPoster>().AddSingleton<IOutlet, WebhookOutlet>();
        services.TryAddSingleton<INameResolver, DnsResolver>();
        if (services.TryAddEventExchange(configuration))
            services.AddSingleton<IOutlet, BrokerOutlet>();
        services.AddValidated<LineageOptions, LineageOptionsValidator>(configuration, LineageOptions.Section);
        if (!string.IsNullOrEmpty(configuration[$"{LineageOptions.Section}:{nameof(LineageOptions.Endpoint)}"]))
            services.AddSingleton<LineageEvents>().AddSingleton<IOutlet, LineageOutlet>();
        services.AddSingleton<IRoutes, StreamRoutes>().AddSingleton<IRoutes, WebhookRoutes>().AddSingleton<IRoutes, DeliveryRoutes>();
        return services.AddHostedService<OutboxSweeper>().AddHostedService<WebhookSender>();
    }
}
