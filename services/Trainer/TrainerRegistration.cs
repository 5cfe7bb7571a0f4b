using MassTransit.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Trainer.Consumers;

namespace SparsePipeline.Trainer;

/// <summary>Everything the trainer consists of.</summary>
public static class TrainerRegistration
{
    private static readonly StepKind<TrainSpec> Kind = new(StepKinds.Train, TrainSpec.CurrentVersion, "train-checkpoint",
        order => new TrainCheckpoint { RunId = order.RunId, StepKey = order.Key, Spec = order.Spec });

    /// <summary>Adds the worker of train steps; stores and a bus are added elsewhere.</summary>
    public static IServiceCollection AddTrainer(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRunners();
        services.AddStepWorker<TrainSpec, TrainStepHandler>(configuration, "Trainer", Kind, StepWorkerRegistration.OnePerRunner);
        services.RegisterConsumer<PlanTrainingConsumer, PlanTrainingConsumerDefinition>();
        services.RegisterConsumer<TrainCheckpointConsumer, TrainCheckpointConsumerDefinition>();
        return services;
    }
}
