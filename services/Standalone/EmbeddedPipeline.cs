using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Planning;

namespace SparsePipeline.Standalone;

/// <summary>
/// All workers in this process on an in-memory bus, with runner processes for what needs libtorch. Several pipelines, also in
/// several processes, may share one store folder: they share the work and the results.
/// </summary>
public sealed class EmbeddedPipeline : IPipeline
{
    private readonly IHost _host;

    private EmbeddedPipeline(IHost host) => _host = host;

    /// <inheritdoc />
    public IArtifactStore Artifacts => Services.GetRequiredService<IArtifactStore>();

    /// <summary>Results, claims and resume points.</summary>
    public IStepStore Steps => Services.GetRequiredService<IStepStore>();

    /// <summary>Recipes and cancellations.</summary>
    public IRunStore Runs => Services.GetRequiredService<IRunStore>();

    /// <summary>The processes that libtorch lives in.</summary>
    public IRunnerPool Runners => Services.GetRequiredService<IRunnerPool>();

    internal IServiceProvider Services => _host.Services;

    /// <summary>Starts all workers; they wait for runs. Throws <see cref="DomainException"/> when a setting is wrong, naming every wrong one.</summary>
    public static Task<EmbeddedPipeline> StartAsync(EmbeddedOptions options, CancellationToken cancellationToken) =>
        StartAsync(options, (_, _) => { }, cancellationToken);

    /// <summary>The same in one host with something that gives the workers their runs, such as the gateway.</summary>
    /// <param name="options">Where and how wide.</param>
    /// <param name="configure">Adds what else there is to be; it starts after the workers and stops before them.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    public static async Task<EmbeddedPipeline> StartAsync(
        EmbeddedOptions options, Action<IServiceCollection, IConfiguration> configure, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).AddStandalone(options);
        configure(builder.Services, builder.Configuration);
        // Before anything is built from the settings, so that all errors are told at once.
        WrongSettings.Refuse(builder.Services, builder.Configuration);
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new EmbeddedPipeline(host);
    }

    /// <summary>Something that was added when the pipeline was started.</summary>
    public T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>What is done and what would be done next, without doing it.</summary>
    public Task<Plan> PlanAsync(Recipe recipe, CancellationToken cancellationToken) =>
        Services.GetRequiredService<RunPlanner>().PlanAsync(recipe, cancellationToken);

    /// <inheritdoc />
    /// <remarks>Stops following on cancellation; disposing the pipeline then lets running trainings save their place.</remarks>
    public async Task<RunOutcome> RunAsync(Recipe recipe, IRunObserver observer, CancellationToken cancellationToken)
    {
        var stopping = Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        return await Services.GetRequiredService<RunFollower>().FollowAsync(recipe, observer, either.Token);
    }

    /// <summary>Takes no more steps, asks running trainings to save their place, and stops the runners.</summary>
    public async ValueTask DisposeAsync() => await _host.EndAsync();

    internal static Task<EmbeddedPipeline> StartAsync(EmbeddedOptions options, Action<IServiceCollection> adjust, CancellationToken cancellationToken) =>
        StartAsync(options, (services, _) => adjust(services), cancellationToken);
}
