using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.Standalone.Tests.Shared;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Standalone.Tests;

/// <summary>A disk without a free byte is told once and waited for; then everything goes on as if nothing had been.</summary>
public sealed class FullDiskTests(BrokerServer broker, ObjectStoreServer store) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SaidLines _said = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_embedded_run_waits_for_space_and_finishes_with_the_same_digests()
    {
        var undisturbed = await Pipelines.RunAsync(_folder.File("undisturbed"), Pipelines.Recipe(), new JobLog());
        using var disk = Mount(_folder.File("small"));
        await using var pipeline = await Pipelines.StartAsync(disk.Path, new JobLog(), Listen);
        disk.Fill();

        var run = pipeline.RunAsync(Pipelines.Recipe(), new Observations(), Pipelines.Patience());
        await _said.UntilAsync(1);
        run.IsCompleted.ShouldBeFalse();
        disk.Free();
        var outcome = await run;

        outcome.Plan.Finished.ShouldBeTrue();
        Pipelines.Digests(outcome.Plan).ShouldBe(Pipelines.Digests(undisturbed.Plan));
        _said.Warnings.ShouldHaveSingleItem().ShouldBe($"disk full at {_said.PathIn(disk.Path)}, waiting; free space or stop");
    }

    [Fact]
    public async Task Whoever_waits_for_space_can_be_stopped()
    {
        using var disk = Mount(_folder.File("small"));
        await using var pipeline = await Pipelines.StartAsync(disk.Path, new JobLog(), Listen);
        disk.Fill();
        using var stop = new CancellationTokenSource();

        var run = pipeline.RunAsync(Pipelines.Recipe(), new Observations(), stop.Token);
        await _said.UntilAsync(1);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => run.WaitAsync(Token));
    }

    [Fact]
    public async Task Workers_whose_disk_is_full_longer_than_any_retry_leave_nothing_in_an_error_queue()
    {
        await using var bus = await SharedBus.CreateAsync(broker, store);
        using var disk = Mount(Path.Combine(Path.GetDirectoryName(bus.StoreFolder)!, "machine-0"));
        var host = await bus.AddHostAsync(new JobLog(), Listen);
        disk.Fill();

        var run = host.RunAsync(Pipelines.Recipe(cycles: 1), new Observations(), Pipelines.Patience());
        await _said.UntilAsync(1);
        // Longer than the short retries, which take three seconds.
        await Task.Delay(TimeSpan.FromSeconds(6), Token);
        disk.Free();

        (await run).Plan.Finished.ShouldBeTrue();
        (await bus.CountErrorsAsync()).ShouldBe(0);
        // Before its disk.
        await bus.StopAsync(host);
    }

    private static SmallDisk Mount(string path)
    {
        var disk = SmallDisk.TryMount(path, mebibytes: 16);
        if (disk is null)
            MissingServer.Skip("mounting a small disk is not permitted: run as root");
        return disk!;
    }

    private void Listen(IServiceCollection services) => services.AddSingleton<ILogger<DiskPatience>>(_said);

    private sealed class SaidLines : ILogger<DiskPatience>
    {
        private readonly List<(LogLevel Level, string Text)> _lines = [];

        public IReadOnlyList<string> Warnings
        {
            get
            {
                lock (_lines)
                    return [.. _lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text)];
            }
        }

        public string PathIn(string folder) => Warnings[0]["disk full at ".Length..^", waiting; free space or stop".Length] is var path && path.StartsWith(folder, StringComparison.Ordinal)
            ? path
            : folder;

        public async Task UntilAsync(int count)
        {
            while (Warnings.Count < count)
                await Task.Delay(50, Token);
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
                _lines.Add((logLevel, formatter(state, exception)));
        }
    }
}
