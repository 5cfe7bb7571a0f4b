using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.TestRunner;

/// <summary>A job that starts a runner of its own, to see what becomes of it when this process is killed.</summary>
internal static class NestedPool
{
    /// <summary>Reports "own-process runner-process" once the inner job runs.</summary>
    public static async Task<string> RunAsync(string job, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var options = Options.Create(new RunnerOptions { Count = 1, Path = Environment.ProcessPath });
        using var folder = new StoreFolder(Path.GetTempPath());
        var start = new RunnerStart(options, folder, Options.Create(new StoreOptions()), Options.Create(new S3Options()));
        await using var pool = new RunnerPool(options, start, NullLogger<RunnerPool>.Instance);
        return await pool.RunAsync<string, string>(job, "", new Relay(progress), cancellationToken);
    }

    private sealed class Relay(IProgress<RunnerProgress> outer) : IProgress<RunnerProgress>
    {
        public void Report(RunnerProgress value) => outer.Report(value with { Message = $"{Environment.ProcessId} {value.Message}" });
    }
}
