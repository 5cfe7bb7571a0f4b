using SparsePipeline.ServiceHost;
using SparsePipeline.Pruner;

return await WorkerHost.RunAsync("pruner", args, (services, configuration) => services.AddPruner(configuration));
