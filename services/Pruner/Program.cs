using SparsePipeline.Infrastructure.Bus;

return LoneWorker.Refuse("pruner", Console.Error);
