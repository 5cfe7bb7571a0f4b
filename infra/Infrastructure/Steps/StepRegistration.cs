using MassTransit.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>The one call that makes a process a worker of a kind of step.</summary>
public static class StepRegistration
{
    /// <summary>
    /// Adds the worker and the planner of one kind of step: consumers with their queues, limits and retries, claims, telemetry, settings, and runner
    /// processes where the kind needs them. Stores and a bus are added elsewhere; a process may have several kinds.
    /// </summary>
    /// <typeparam name="TSpec">The kind's spec; everything about the kind is read from its <c>Info</c>.</typeparam>
    /// <typeparam name="TCommand">The message a step of the kind is sent as.</typeparam>
    /// <typeparam name="THandler">Its computation.</typeparam>
    /// <param name="services">The process's services.</param>
    /// <param name="configuration">Holds the section of the kind's service, see <see cref="StepWorkerOptions"/>.</param>
    public static IServiceCollection AddStep<TSpec, TCommand, THandler>(this IServiceCollection services, IConfiguration configuration)
        where TSpec : StepSpec, IStepSpec<TSpec, TCommand>
        where TCommand : class
        where THandler : class, IStepHandler<TSpec>
    {
        var kind = TSpec.Info;
        if (kind.Place != StepPlace.Worker)
            services.AddRunners();
        services.AddSection(configuration, kind.Section);
        services.AddRunPlanning(configuration);
        services.TryAddSingleton<StepClaims>();
        services.TryAddSingleton<DataRoots>();
        services.TryAddSingleton(kind);
        services.AddSingleton(new StepKind<TSpec>(kind, kind.ToCommand));
        services.AddSingleton<IStepHandler<TSpec>, THandler>();
        services.AddSingleton(provider => SlotsOf<TSpec>(provider, OptionsOf(provider, kind.Section).Concurrency ?? ConcurrencyOf(provider, kind)));
        services.AddSingleton(IntakeOf<TSpec>);
        services.AddSingleton<StepDispatcher<TSpec>>();
        services.AddSingleton<StepSitting<TSpec>>();
        services.AddSingleton<StepWorker<TSpec>>();
        services.RegisterConsumer<PlanningConsumer<TSpec>, PlanningConsumerDefinition<TSpec>>();
        services.RegisterConsumer<StepConsumer<TSpec, TCommand>, StepConsumerDefinition<TSpec, TCommand>>();
        return services;
    }

    // Kinds of one service share its section.
    private static void AddSection(this IServiceCollection services, IConfiguration configuration, string section)
    {
        if (SettingsReview.SectionsOf(services).All(known => known.Name != section))
            services.AddValidated<StepWorkerOptions, StepWorkerOptionsValidator>(configuration, section, section);
    }

    private static int ConcurrencyOf(IServiceProvider provider, StepKindInfo kind) => kind.Place == StepPlace.Runner
        ? provider.GetRequiredService<IOptions<RunnerOptions>>().Value.Count ?? Environment.ProcessorCount
        : 1;

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
