using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>What every step worker consists of besides its two consumers.</summary>
public static class StepWorkerRegistration
{
    /// <summary>Adds the generic worker for one kind of step; stores, runners and a bus are added elsewhere.</summary>
    /// <param name="services">The process's services.</param>
    /// <param name="configuration">Holds the worker's section.</param>
    /// <param name="section">Section of the worker's <see cref="StepWorkerOptions"/>.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="concurrency">Steps at the same time when the section says nothing.</param>
    public static IServiceCollection AddStepWorker<TSpec, THandler>(
        this IServiceCollection services,
        IConfiguration configuration,
        string section,
        StepKind<TSpec> kind,
        Func<IServiceProvider, int> concurrency)
        where TSpec : StepSpec
        where THandler : class, IStepHandler<TSpec>
    {
        services.AddValidated<StepWorkerOptions, StepWorkerOptionsValidator>(configuration, section, section);
        services.AddRunPlanning(configuration);
        services.TryAddSingleton<StepClaims>();
        services.TryAddSingleton<DataRoots>();
        services.AddSingleton(kind);
        services.AddSingleton<IStepHandler<TSpec>, THandler>();
        services.AddSingleton(provider => SlotsOf<TSpec>(provider, OptionsOf(provider, section).Concurrency ?? concurrency(provider)));
        services.AddSingleton(IntakeOf<TSpec>);
        services.AddSingleton<StepDispatcher<TSpec>>();
        services.AddSingleton<StepSitting<TSpec>>();
        services.AddSingleton<StepWorker<TSpec>>();
        return services;
    }

    /// <summary>One step per runner process.</summary>
    public static int OnePerRunner(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<RunnerOptions>>().Value.Count ?? Environment.ProcessorCount;

    private static StepWorkerOptions OptionsOf(IServiceProvider provider, string section) =>
        provider.GetRequiredService<IOptionsMonitor<StepWorkerOptions>>().Get(section);

    private static IStepIntake<TSpec> IntakeOf<TSpec>(IServiceProvider provider)
        where TSpec : StepSpec =>
        provider.GetRequiredService<IOptions<BusOptions>>().Value.IsShared
            ? ActivatorUtilities.CreateInstance<SharedStepIntake<TSpec>>(provider)
            : ActivatorUtilities.CreateInstance<LocalStepIntake<TSpec>>(provider);

    // A command that did not arrive within the lease may be sent again: by then its claim could be another's anyway.
    private static StepSlots<TSpec> SlotsOf<TSpec>(IServiceProvider provider, int capacity)
        where TSpec : StepSpec
    {
        var lease = TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<ClaimOptions>>().Value.LeaseSeconds);
        return new(capacity, lease, provider.GetRequiredService<TimeProvider>());
    }
}
