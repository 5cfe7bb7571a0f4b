using SparsePipeline.Contracts;
using SparsePipeline.Evaluator;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.ServiceHost;

return await WorkerHost.RunAsync(
    EvaluateSpec.Info.Service, args, (services, configuration) => services
        .AddStep<EvaluateSpec, EvaluateCheckpoint, EvaluateStepHandler>(configuration)
        .AddStep<CollectSpec, CollectStatistics, CollectStepHandler>(configuration)
        .AddStep<TimeSpec, TimeLayers, TimeStepHandler>(configuration));
