using MassTransit.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Evaluator.Consumers;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Evaluator;

/// <summary>Everything the evaluator consists of.</summary>
public static class EvaluatorRegistration
{
    private static readonly StepKind<EvaluateSpec> Kind = new(StepKinds.Evaluate, EvaluateSpec.CurrentVersion, "evaluate-checkpoint",
        order => new EvaluateCheckpoint { RunId = order.RunId, StepKey = order.Key, Spec = order.Spec });

    /// <summary>Adds the worker of evaluate steps; stores and a bus are added elsewhere.</summary>
    public static IServiceCollection AddEvaluator(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRunners();
        services.AddStepWorker<EvaluateSpec, EvaluateStepHandler>(configuration, "Evaluator", Kind, StepWorkerRegistration.OnePerRunner);
        services.RegisterConsumer<PlanEvaluationConsumer, PlanEvaluationConsumerDefinition>();
        services.RegisterConsumer<EvaluateCheckpointConsumer, EvaluateCheckpointConsumerDefinition>();
        return services;
    }
}
