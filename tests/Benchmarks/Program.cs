using SparsePipeline.Benchmarks;

// A benchmark that measures a whole process starts this executable again; that child answers before anything else is set up.
if (await MergeMemoryChild.TryRunAsync(args) || await StoreMemoryChild.TryRunAsync(args))
    return 0;
return await BenchmarkCommand.Create().Parse(args).InvokeAsync();
