using SparsePipeline.Standalone;

return await PlainRun.RunAsync(args, Console.Out, Console.Error);
