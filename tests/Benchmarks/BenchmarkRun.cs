namespace SparsePipeline.Benchmarks;

/// <summary>Runs benchmarks one after the other and reports.</summary>
internal static class BenchmarkRun
{
    public static async Task<int> RunAsync(
        IReadOnlyList<IBenchmark> benchmarks, BenchmarkSettings settings, string? output, bool strict, CancellationToken cancellationToken)
    {
        var machine = Machine.Read();
        Console.WriteLine($"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGiB} GiB, {machine.System}, {machine.Runtime}, TorchSharp {machine.TorchSharp}");
        var results = new List<BenchmarkResult>();
        foreach (var benchmark in benchmarks)
        {
            Console.WriteLine($"{benchmark.Name} …");
            results.AddRange(await benchmark.RunAsync(settings, cancellationToken));
        }
        var report = new BenchmarkReport(machine, settings.Scale, results);
        Console.WriteLine();
        Console.WriteLine(MarkdownReport.Write(report));
        if (output is not null)
            await ReportFiles.WriteAsync(report, output, cancellationToken);
        return strict && results.Exists(r => !r.Met) ? 1 : 0;
    }
}
