using SparsePipeline.Benchmarks;

// A benchmark that measures a whole process starts this executable again; that child answers before anything else is set up.
if (MergeMemoryChild.TryRun(args, out var exitCode))
    return exitCode;
return await BenchmarkCommand.Create().Parse(args).InvokeAsync();
