using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Tests.Steps;

/// <summary>What one call of AddStep brings besides what whole runs show.</summary>
public sealed class StepRegistrationTests
{
    [Fact]
    public void A_kind_that_is_computed_in_runners_takes_as_many_steps_as_there_are_runners()
    {
        using var provider = Provide((services, settings) => services.AddStep<TrainSpec, TrainCheckpoint, Handler<TrainSpec>>(settings),
            ("Runners:Count", "7"), ("Runners:Path", Environment.ProcessPath!));

        provider.GetRequiredService<StepSlots<TrainSpec>>().Capacity.ShouldBe(7);
    }

    [Fact]
    public void A_kind_that_is_computed_in_the_worker_takes_one_step_and_brings_no_runners()
    {
        using var provider = Provide((services, settings) => services.AddStep<PruneSpec, PruneCheckpoint, Handler<PruneSpec>>(settings), ("Runners:Count", "7"));

        provider.GetRequiredService<StepSlots<PruneSpec>>().Capacity.ShouldBe(1);
        provider.GetService<IRunnerPool>().ShouldBeNull();
    }

    [Fact]
    public void The_section_of_its_service_says_otherwise()
    {
        using var provider = Provide((services, settings) => services.AddStep<SoupSpec, CookSoup, Handler<SoupSpec>>(settings), ("Souper:Concurrency", "3"));

        provider.GetRequiredService<StepSlots<SoupSpec>>().Capacity.ShouldBe(3);
    }

    [Fact]
    public void A_process_with_several_kinds_reads_the_section_of_each_service_once()
    {
        var services = new ServiceCollection();
        var settings = new ConfigurationBuilder().Build();

        services.AddStep<TrainSpec, TrainCheckpoint, Handler<TrainSpec>>(settings);
        services.AddStep<TrainSpec, TrainCheckpoint, Handler<TrainSpec>>(settings);
        services.AddStep<PruneSpec, PruneCheckpoint, Handler<PruneSpec>>(settings);

        SettingsReview.SectionsOf(services).Select(section => section.Name).Where(StepKinds.Infos.Select(kind => kind.Section).Contains).ShouldBe(["Pruner", "Trainer"]);
    }

    private static ServiceProvider Provide(Action<IServiceCollection, IConfiguration> add, params (string Name, string Value)[] values)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Name, (string?)v.Value))).Build();
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSparsePipelineOptions(settings);
        add(services, settings);
        return services.BuildServiceProvider();
    }

    private sealed class Handler<TSpec> : IStepHandler<TSpec>
        where TSpec : StepSpec
    {
        public Task<StepOutcome> ComputeAsync(TSpec spec, StepSlice slice, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
