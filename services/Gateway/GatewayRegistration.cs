using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Adoption;
using SparsePipeline.Gateway.Artifacts;
using SparsePipeline.Gateway.Catalog;
using SparsePipeline.Gateway.Errors;
using SparsePipeline.Gateway.Events;
using SparsePipeline.Gateway.Hooks;
using SparsePipeline.Gateway.Hooks.Kinds;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Gateway.Outbox;
using SparsePipeline.Gateway.Recipes;
using SparsePipeline.Gateway.Runs;
using SparsePipeline.Gateway.Subscriptions;
using SparsePipeline.Gateway.Uploads;
using SparsePipeline.Infrastructure.Artifacts.S3;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Bus.Ingest;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.ServiceHost.Health;

namespace SparsePipeline.Gateway;

/// <summary>Everything the gateway consists of.</summary>
public static class GatewayRegistration
{
    /// <summary>Adds the gateway to a process whose stores and bus are added elsewhere.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<GatewayOptions, GatewayOptionsValidator>(configuration, GatewayOptions.Section);
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayFilesValidator>();
        services.AddValidated<AdoptionOptions, AdoptionOptionsValidator>(configuration, AdoptionOptions.Section);
        services.AddSingleton<IValidateOptions<AdoptionOptions>, AdoptionFilesValidator>();
        services.AddRunPlanning(configuration);
        services.AddSingleton<Audit>().AddSingleton<ProblemAnswers>().AddSingleton<Authentication>().AddSingleton<AddressLimits>().AddSingleton<RequestLimits>().AddSingleton<RequestMeasure>().AddSingleton<Idempotency>();
        services.AddSingleton<UploadStore>().AddSingleton<ReceivedFile>();
        services.AddSingleton<RecipeShelf>().AddSingleton<ReceivedRecipes>();
        services.TryAddSingleton<DataRoots>();
        services.AddSingleton<RehearsedRuns>().AddSingleton<StoredRunRehearsal>();
        services.AddSingleton<RunStandings>().AddSingleton<RunStarter>();
        services.AddSingleton<EventStore>().AddSingleton<EventIndex>().AddSingleton<EventSignals>().AddSingleton<EventIntake>().AddSingleton<EventProgress>().AddSingleton<StuckEvents>();
        services.AddSingleton<AdoptableObjects>().AddSingleton<Adopter>().AddSingleton<AdoptionStore>();
        services.AddSingleton<HookStore>().AddSingleton<HookIntake>().AddSingleton<IngestQueue>();
        services.AddSingleton<IHookKind, StandardHook>().AddSingleton<IHookKind, MlflowHook>().AddSingleton<IHookKind, WandbHook>().AddSingleton<IHookKind, GithubHook>().AddSingleton<IHookKind, S3Hook>();
        services.AddSingleton<SubscriptionStore>().AddSingleton<SubscriptionProgress>();
        services.AddRoutes<HealthRoutes>().AddRoutes<UploadRoutes>().AddRoutes<ArtifactRoutes>().AddRoutes<AdoptionRoutes>().AddRoutes<RecipeRoutes>().AddRoutes<RunRoutes>()
            .AddRoutes<EventRoutes>().AddRoutes<SubscriptionRoutes>().AddRoutes<HookRoutes>().AddRoutes<CatalogRoutes>().AddRoutes<AccessRoutes>().AddRoutes<ErrorRoutes>();
        services.AddHostedService<EventSweeper>().AddHostedService<AdoptionSweeper>().AddHostedService<EventConsumer>().AddHostedService<UploadWatch>();
        services.AddOutgoing(configuration);
        services.AddSingleton<GatewayServer>();
        services.AddHealthChecks().AddCheck<ListeningHealthCheck>("gateway", tags: [ReadinessRegistration.Tag]);
        return services.AddHostedService(provider => provider.GetRequiredService<GatewayServer>());
    }

    private static IServiceCollection AddRoutes<TRoutes>(this IServiceCollection services)
        where TRoutes : class, IRoutes => services.AddSingleton<IRoutes, TRoutes>();
}
