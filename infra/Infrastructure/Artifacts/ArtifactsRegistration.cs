using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Access;
using SparsePipeline.Infrastructure.Artifacts.S3;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Collection;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Verification;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>The stores of a process.</summary>
public static class ArtifactsRegistration
{
    /// <summary>
    /// Artifacts, documents, steps, runs and claim owners, in a folder or in a bucket as <see cref="StoreOptions.Kind"/> says when they are
    /// first used.
    /// </summary>
    public static IServiceCollection AddStores(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StoreFolder>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<S3Options>, S3SettingsValidator>());
        services.TryAddSingleton<StoreClock>();
        services.TryAddSingleton<S3Connection>();
        services.TryAddSingleton<S3Bucket>();
        services.AddChoice<IObjectStore, FileObjectStore, S3ObjectStore>();
        services.AddChoice<IArtifactStore, FileArtifactStore, S3ArtifactStore>();
        services.AddChoice<IUnfinishedUploads, NoUnfinishedUploads, S3UnfinishedUploads>();
        services.TryAddSingleton<CollectionNotice>();
        services.TryAddSingleton<Collector>();
        services.AddChoice<IClaimOwners, FileClaimOwners, LeaseClaimOwners>();
        services.TryAddSingleton<DamagedResults>();
        services.TryAddSingleton<IStepStore, StepStore>();
        services.TryAddSingleton<StoredResults>();
        services.TryAddSingleton<IClaimStore, ClaimStore>();
        services.TryAddSingleton<IRunStore, RunStore>();
        services.TryAddSingleton<RunIndex>();
        services.TryAddSingleton<AccessKeys>();
        return services;
    }

    private static void AddChoice<TService, TInFolder, TInS3>(this IServiceCollection services)
        where TService : class
        where TInFolder : class, TService
        where TInS3 : class, TService
    {
        services.TryAddSingleton<TInFolder>();
        services.TryAddSingleton<TInS3>();
        services.TryAddSingleton<TService>(p => p.GetRequiredService<IOptions<StoreOptions>>().Value.Kind == StoreOptions.InS3
            ? p.GetRequiredService<TInS3>()
            : p.GetRequiredService<TInFolder>());
    }
}
