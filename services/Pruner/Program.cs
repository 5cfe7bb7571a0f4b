using SparsePipeline.Pruner;
using SparsePipeline.ServiceHost;

return await WorkerHost.RunAsync("pruner", args, (services, configuration) => services.AddPruner(configuration));
