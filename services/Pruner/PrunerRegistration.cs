using MassTransit.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Pruner.Consumers;

namespace SparsePipeline.Pruner;

/// <summary>Everything the pruner consists of.</summary>
public static class PrunerRegistration
{
    private static readonly StepKind<PruneSpec> Kind = new(StepKinds.Prune, PruneSpec.CurrentVersion, "prune-checkpoint",
        order => new PruneCheckpoint { RunId = order.RunId, StepKey = order.Key, Spec = order.Spec });

    /// <summary>Adds the worker of prune steps; stores and a bus are added elsewhere.</summary>
    public static IServiceCollection AddPruner(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStepWorker<PruneSpec, PruneStepHandler>(configuration, "Pruner", Kind, _ => 1);
        services.RegisterConsumer<PlanPruningConsumer, PlanPruningConsumerDefinition>();
        services.RegisterConsumer<PruneCheckpointConsumer, PruneCheckpointConsumerDefinition>();
        return services;
    }
}
