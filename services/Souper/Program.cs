using SparsePipeline.ServiceHost;
using SparsePipeline.Souper;

return await WorkerHost.RunAsync("souper", args, (services, configuration) => services.AddSouper(configuration));
