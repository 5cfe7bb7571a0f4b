using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Evaluator;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Pruner;
using SparsePipeline.Souper;
using SparsePipeline.Trainer;

namespace SparsePipeline.Standalone;

/// <summary>The workers of all kinds of step: a line per kind.</summary>
internal static class PipelineSteps
{
    public static IServiceCollection AddPipelineSteps(this IServiceCollection services, IConfiguration configuration) => services
        .AddStep<TrainSpec, TrainCheckpoint, TrainStepHandler>(configuration)
        .AddStep<CollectSpec, CollectStatistics, CollectStepHandler>(configuration)
        .AddStep<PruneSpec, PruneCheckpoint, PruneStepHandler>(configuration)
        .AddStep<SoupSpec, CookSoup, SoupStepHandler>(configuration)
        .AddStep<EvaluateSpec, EvaluateCheckpoint, EvaluateStepHandler>(configuration)
        .AddStep<TimeSpec, TimeLayers, TimeStepHandler>(configuration);
}
