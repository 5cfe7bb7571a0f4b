using SparsePipeline.ServiceHost;
using SparsePipeline.Evaluator;

return await WorkerHost.RunAsync("evaluator", args, (services, configuration) => services.AddEvaluator(configuration));
