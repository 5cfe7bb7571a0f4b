namespace SparsePipeline.Benchmarks;

/// <summary>Runs benchmarks one after the other and reports.</summary>
internal static class BenchmarkRun
{
    public static async Task<int> RunAsync(
        IReadOnlyList<IBenchmark> benchmarks, BenchmarkSettings settings, string? output, bool strict, CancellationToken cancellationToken)
    {
        var machine = Machine.Read();
        Console.WriteLine($"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGiB} GiB, {machine.System}, {machine.Runtime}, TorchSharp {machine.TorchSharp}");
        var report = new BenchmarkReport(string.Join(' ', Environment.GetCommandLineArgs().Skip(1)), machine, settings.Scale, settings.Pairs, []);
        foreach (var benchmark in benchmarks)
        {
            Console.WriteLine($"{benchmark.Name} …");
            report = report with { Results = [.. report.Results, .. await MeasureAsync(benchmark, settings, cancellationToken)] };
            // A run that is cut short keeps what it measured.
            if (output is not null)
                await ReportFiles.WriteAsync(report, output, cancellationToken);
        }
        Console.WriteLine();
        Console.WriteLine(MarkdownReport.Write(report));
        if (output is not null)
            Console.WriteLine($"written: {output}.md, {output}.json");
        return strict && report.Results.Any(r => !r.Met) ? 1 : 0;
    }

    private static async Task<IReadOnlyList<BenchmarkResult>> MeasureAsync(
        IBenchmark benchmark, BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        var results = await benchmark.RunAsync(settings, cancellationToken);
        foreach (var result in results)
            Console.WriteLine(MarkdownReport.Row(result));
        return results;
    }
}
