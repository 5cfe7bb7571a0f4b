using SparsePipeline.Infrastructure.Bus;

return LoneWorker.Refuse("trainer", Console.Error);
