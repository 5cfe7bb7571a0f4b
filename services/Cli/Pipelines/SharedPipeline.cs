using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SparsePipeline.Cli.Settings;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;
using SparsePipeline.Standalone;

namespace SparsePipeline.Cli.Pipelines;

/// <summary>
/// Workers in other processes behind a shared bus; this process submits and follows and computes nothing.
/// What is submitted goes on whether it is followed or not.
/// </summary>
internal sealed class SharedPipeline : IPipeline
{
    private readonly IHost _host;

    private SharedPipeline(IHost host) => _host = host;

    /// <summary>Kinds of workers nobody of which listened at the start; a run waits for them.</summary>
    public required IReadOnlyList<string> MissingWorkers { get; init; }

    /// <inheritdoc />
    public IArtifactStore Artifacts => _host.Services.GetRequiredService<IArtifactStore>();

    /// <summary>Connects to the bus.</summary>
    /// <param name="settings">Name the bus and the store.</param>
    /// <param name="quiet">Settings of the log.</param>
    /// <param name="cancellationToken">Stops waiting for the bus.</param>
    /// <exception cref="DomainException">A setting is wrong; all wrong ones are named.</exception>
    /// <exception cref="BrokerUnavailableException">The broker does not answer or does not let this user in.</exception>
    public static async Task<SharedPipeline> StartAsync(
        CommandSettings settings, IReadOnlyDictionary<string, string?> quiet, CancellationToken cancellationToken)
    {
        // The bus would try for ever; whoever waits in front of a terminal wants to know what is wrong.
        await using var broker = await BrokerProbe.ConnectAsync(settings.Broker, cancellationToken);
        var missing = await WorkerQueues.MissingAsync(broker, cancellationToken);
        return new SharedPipeline(await PatientStart.StartAsync(() => Build(settings, quiet), cancellationToken)) { MissingWorkers = missing };
    }

    /// <inheritdoc />
    public Task<RunOutcome> RunAsync(Recipe recipe, IRunObserver observer, CancellationToken cancellationToken) =>
        _host.Services.GetRequiredService<RunFollower>().FollowAsync(recipe, observer, cancellationToken);

    /// <summary>Hands a recipe to the workers and returns its plan.</summary>
    public Task<Plan> SubmitAsync(Recipe recipe, CancellationToken cancellationToken) =>
        _host.Services.GetRequiredService<RunSubmission>().SubmitAsync(recipe, cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await _host.EndAsync();

    private static IHost Build(CommandSettings settings, IReadOnlyDictionary<string, string?> quiet)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).AddSparsePipelineDefaults("sparsepipe");
        builder.Configuration.AddInMemoryCollection(quiet).AddConfiguration(settings.Configuration);
        builder.Services
            .AddSingleton<IHostLifetime, CallerLifetime>()
            .AddRunFollower(builder.Configuration)
            .AddBus(builder.Configuration);
        WrongSettings.Refuse(builder.Services, builder.Configuration);
        return builder.Build();
    }
}
