using SparsePipeline.ServiceHost;
using SparsePipeline.Trainer;

return await WorkerHost.RunAsync("trainer", args, (services, configuration) => services.AddTrainer(configuration));
