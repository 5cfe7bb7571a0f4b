using SparsePipeline.Infrastructure.Bus;

return LoneWorker.Refuse("evaluator", Console.Error);
