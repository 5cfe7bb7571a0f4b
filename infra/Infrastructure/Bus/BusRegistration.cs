using MassTransit;
using MassTransit.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The one place that knows over what the workers talk.</summary>
public static class BusRegistration
{
    /// <summary>Adds the bus for all consumers that were or will be added to <paramref name="services"/>.</summary>
    public static IServiceCollection AddBus(this IServiceCollection services, IConfiguration configuration) =>
        services.AddBus(configuration, topologyOnly: false);

    /// <summary>Adds what follows runs in this process: the follower and its ear on the bus.</summary>
    public static IServiceCollection AddRunFollower(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRunPlanning(configuration);
        services.AddSingleton<RunFollower>();
        return services.AddRunEars(configuration);
    }

    internal static IServiceCollection AddRunEars(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<RunWatches>();
        if (UsesRabbitMq(configuration))
            return services.AddSingleton<IRunEars, RunQueues>();
        services.RegisterConsumer<FollowRunConsumer, FollowRunConsumerDefinition>();
        foreach (var kind in StepKinds.Infos)
            kind.Accept(new FaultFollowers(services));
        return services.AddSingleton<IRunEars, LocalEars>();
    }

    internal static IServiceCollection AddBus(this IServiceCollection services, IConfiguration configuration, bool topologyOnly)
    {
        services.AddValidated<BusOptions, BusOptionsValidator>(configuration, BusOptions.Section);
        services.AddValidated<RabbitMqOptions, RabbitMqOptionsValidator>(configuration, RabbitMqOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        var shared = UsesRabbitMq(configuration);
        if (shared)
            services.AddSingleton<IValidateOptions<RabbitMqOptions>, RabbitMqFilesValidator>();
        services.AddMassTransit(bus =>
        {
            bus.SetKebabCaseEndpointNameFormatter();
            // Nothing tells its maker, or anybody, what runs here.
            bus.DisableUsageTelemetry();
            if (shared)
                bus.AddRabbitMq(topologyOnly);
            else
                bus.UsingInMemory((context, transport) => transport.ConfigureEndpoints(context));
        });
        services.RemoveMassTransitHostedService();
        services.TryAddSingleton<Confirmations>();
        services.AddSingleton<BusLifetime>();
        services.AddHostedService(provider => provider.GetRequiredService<BusLifetime>());
        return services;
    }

    internal static bool UsesRabbitMq(IConfiguration configuration) =>
        configuration[$"{BusOptions.Section}:{nameof(BusOptions.Transport)}"] == BusOptions.RabbitMq;

    private sealed class FaultFollowers(IServiceCollection services) : IStepKindVisitor
    {
        public void Visit<TSpec, TCommand>(StepKindOf<TSpec, TCommand> kind)
            where TSpec : StepSpec
            where TCommand : class
        {
            services.TryAddSingleton(kind);
            services.RegisterConsumer<FollowFaultConsumer<TSpec, TCommand>, FollowFaultConsumerDefinition<TSpec, TCommand>>();
        }
    }
}
