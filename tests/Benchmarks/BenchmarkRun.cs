namespace SparsePipeline.Benchmarks;

/// <summary>Runs benchmarks one after the other and reports.</summary>
internal static class BenchmarkRun
{
    /// <summary>Exit code when nothing more is measured because the machine has other work.</summary>
    public const int Busy = 3;

    public static async Task<int> RunAsync(
        IReadOnlyList<IBenchmark> benchmarks, BenchmarkSettings settings, string? output, bool strict, CancellationToken cancellationToken)
    {
        var machine = Machine.Read();
        Console.WriteLine($"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGiB} GiB, {machine.System}, {machine.Runtime}, TorchSharp {machine.TorchSharp}");
        var report = new BenchmarkReport(string.Join(' ', Environment.GetCommandLineArgs().Skip(1)), machine, settings.Scale, settings.Pairs, []);
        foreach (var benchmark in benchmarks)
        {
            Console.WriteLine($"{benchmark.Name} …");
            if (await QuietMachine.WaitAsync(cancellationToken) is { } others && !Accept(others, output))
                return Busy;
            await foreach (var result in benchmark.RunAsync(settings, cancellationToken))
            {
                Console.WriteLine(MarkdownReport.Row(result));
                report = report with { Results = [.. report.Results, result] };
                // A run that is cut short keeps what it measured. Not awaited: benchmarks hold libtorch's scopes, which belong to their thread.
                if (output is not null)
                    ReportFiles.Write(report, output);
            }
        }
        Console.WriteLine();
        Console.WriteLine(MarkdownReport.Write(report));
        if (output is not null)
            Console.WriteLine($"written: {output}.md, {output}.json");
        return strict && report.Results.Any(r => !r.Met) ? 1 : 0;
    }

    private static bool Accept(string others, string? output)
    {
        Console.Error.WriteLine(output is null
            ? $"warning: the machine is not quiet ({others}); these figures are good for a look and no page."
            : $"error: the machine is not quiet: {others}. No page is written from here on. End the other work and run the command again; what was measured before is in {output}.md.");
        return output is null;
    }
}
