using SparsePipeline.Cli;

return await Interruption.RunAsync(Console.Error, token => CommandLine.InvokeAsync(args, Terminal.OfProcess(), token));
