using System.Diagnostics;
using SparsePipeline.TestKit;

namespace SparsePipeline.Benchmarks;

/// <summary>The demo as a user waits for it, beside the same work as a plain PyTorch script: 700 epochs of the digits' network.</summary>
internal sealed class PlainScriptBenchmark : IBenchmark
{
    private const string Script = "plain_script.py";

    public string Name => "plain-script";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        if (Python.Missing is { } missing)
        {
            Console.WriteLine($"The demo is not compared with a script in PyTorch: {missing}.");
            yield break;
        }
        var times = PairedTimes.Measure(settings.Pairs, () => Run(Pipeline, cancellationToken), () => Run(PyTorch, cancellationToken));
        yield return new BenchmarkResult(
            "the demo, against a script in plain PyTorch",
            "Wall clock of the same work (700 epochs, about 18,000 updates of batch 32) as a script in plain PyTorch, one process with one thread, over that of "
            + $"`sparsepipe run recipes/sms-digits.yaml` in an empty store with {Environment.ProcessorCount} runners of one thread; both with all starts, only ours stores its steps.",
            times.Ratio(),
            Target.AtLeast(1, "×"),
            $"Ours {times.MedianOurs:0.0} s, the script {times.MedianTheirs:0.0} s.");
    }

    private static Process PyTorch(DirectoryInfo folder) =>
        Python.Start(Script, Path.Combine(RepositoryFolder.Path, "core/Learning/Data/Digits/digits.csv.gz"), "1");

    private static Process Pipeline(DirectoryInfo folder)
    {
        string[] arguments = ["run", Path.Combine(RepositoryFolder.Path, "recipes/sms-digits.yaml"), "--store", folder.FullName, "--plain"];
        return Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Cli"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private static void Run(Func<DirectoryInfo, Process> start, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("sparsepipeline-bench-");
        try
        {
            using var process = start(folder);
            using var stop = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{process.StartInfo.FileName} exited with {process.ExitCode}: {errors.Result}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
