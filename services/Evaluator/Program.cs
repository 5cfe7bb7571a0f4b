using SparsePipeline.Evaluator;
using SparsePipeline.ServiceHost;

return await WorkerHost.RunAsync("evaluator", args, (services, configuration) => services.AddEvaluator(configuration));
