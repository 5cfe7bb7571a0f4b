using SparsePipeline.Gateway;
using SparsePipeline.ServiceHost;

return await WorkerHost.RunAsync("gateway", args, (services, configuration) => services.AddGateway(configuration), sweeps: false);
