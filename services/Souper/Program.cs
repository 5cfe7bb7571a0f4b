using SparsePipeline.Infrastructure.Bus;

return LoneWorker.Refuse("souper", Console.Error);
