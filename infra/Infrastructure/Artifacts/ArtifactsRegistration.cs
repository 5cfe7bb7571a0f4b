using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>The stores of a process.</summary>
public static class ArtifactsRegistration
{
    /// <summary>Artifacts, documents, steps and runs in the folder of <see cref="Options.StoreOptions"/>.</summary>
    public static IServiceCollection AddFileStores(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StoreFolder>();
        services.TryAddSingleton<IObjectStore, FileObjectStore>();
        services.TryAddSingleton<IArtifactStore, FileArtifactStore>();
        services.TryAddSingleton<IClaimOwners, FileClaimOwners>();
        services.TryAddSingleton<IStepStore, StepStore>();
        services.TryAddSingleton<IRunStore, RunStore>();
        return services;
    }
}
