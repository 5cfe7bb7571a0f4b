using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner.Tests;

/// <summary>A pool of real runner processes with the test jobs.</summary>
internal sealed class TestPool : IAsyncDisposable
{
    private readonly RunnerPool _pool;
    private readonly StoreFolder _folder = new(Path.Combine(Path.GetTempPath(), "sparsepipeline-" + Guid.NewGuid().ToString("N")));

    public TestPool(
        Action<RunnerOptions>? configure = null, Action<IDictionary<string, string?>>? environment = null, ILoggerFactory? logs = null)
    {
        var options = new RunnerOptions { Count = 1, Path = Executable };
        configure?.Invoke(options);
        var wrapped = Wrap(options);
        var start = new RunnerStart(wrapped, _folder, Wrap(new StoreOptions()), Wrap(new S3Options())) { Environment = environment };
        _pool = new RunnerPool(wrapped, start, (logs ?? NullLoggerFactory.Instance).CreateLogger<RunnerPool>());
    }

    public static string Executable => Path.Combine(AppContext.BaseDirectory, "SparsePipeline.TestRunner");

    public StoreFolder Folder => _folder;

    public async Task<string> RunAsync(string job, string request = "", Recorder? recorder = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var reply = await _pool.RunAsync<string, string>(job, request, recorder, cancellationToken);
            recorder?.End(error: null);
            return reply;
        }
        catch (Exception exception)
        {
            recorder?.End(exception);
            throw;
        }
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private static IOptions<T> Wrap<T>(T options)
        where T : class => Microsoft.Extensions.Options.Options.Create(options);
}
