using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.ServiceHost;
using SparsePipeline.Trainer;

return await WorkerHost.RunAsync(
    TrainSpec.Info.Service, args, (services, configuration) => services.AddStep<TrainSpec, TrainCheckpoint, TrainStepHandler>(configuration));
