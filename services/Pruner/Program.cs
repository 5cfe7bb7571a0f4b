using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Pruner;
using SparsePipeline.ServiceHost;

return await WorkerHost.RunAsync(
    PruneSpec.Info.Service, args, (services, configuration) => services.AddStep<PruneSpec, PruneCheckpoint, PruneStepHandler>(configuration));
