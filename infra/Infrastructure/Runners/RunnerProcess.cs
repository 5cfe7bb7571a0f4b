using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>One runner process with at most one job.</summary>
/// <remarks>
/// The runner ends by itself when its standard input does, which the kernel sees to however the parent ends. PR_SET_PDEATHSIG is not
/// used: it fires when the <i>thread</i> that started the process ends, and pool threads do.
/// </remarks>
internal sealed class RunnerProcess : IAsyncDisposable
{
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(5);
    private readonly Process _process;
    private readonly RunnerOptions _options;
    private readonly ILogger _logger;
    private readonly LastLines _lastLines = new(capacity: 20);
    private readonly Lock _writing = new();
    private readonly Task _errors;
    private long _jobs;
    private long _residentBytes;
    private bool _ended;

    private RunnerProcess(Process process, RunnerOptions options, ILogger logger)
    {
        _process = process;
        _options = options;
        _logger = logger;
        ProcessId = process.Id;
        _errors = ReadErrorsAsync();
    }

    public int ProcessId { get; }

    /// <summary>False when the process has ended or is about to.</summary>
    public bool IsAlive => !_ended && !_process.HasExited;

    /// <summary>True when it has done its share or has grown too large.</summary>
    public bool IsWornOut => _jobs >= _options.MaxJobs || _residentBytes > _options.MaxMegabytes * 1024L * 1024L;

    /// <summary>Starts a runner and waits until it is ready.</summary>
    public static async Task<RunnerProcess> StartAsync(ProcessStartInfo start, RunnerOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var runner = new RunnerProcess(Launch(start), options, logger);
        try
        {
            await runner.ShakeHandsAsync(cancellationToken);
            return runner;
        }
        catch
        {
            runner.Kill();
            await runner.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one job; throws <see cref="RunnerDeath"/> when the process ends before the job does.</summary>
    public async Task<JsonElement> RunAsync(
        string job, JsonElement request, IProgress<RunnerProgress>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = ++_jobs;
        TrySend(new RunnerCommand(RunnerCommand.Run, id, job, request));
        using var killer = new CancellationTokenSource();
        await using var kill = killer.Token.Register(Kill);
        await using var cancellation = cancellationToken.Register(() =>
        {
            TrySend(new RunnerCommand(RunnerCommand.Cancel, id));
            killer.CancelAfter(TimeSpan.FromSeconds(_options.GraceSeconds));
        });
        while (await ReadAsync(CancellationToken.None) is { } message)
        {
            if (message.Id != id)
                continue;
            if (message.Type != RunnerEvent.Progressed)
                return Conclude(job, message, cancellationToken);
            progress?.Report(message.Progress!);
        }
        cancellationToken.ThrowIfCancellationRequested();
        throw await ExplainDeathAsync();
    }

    /// <summary>Asks the process to end, then makes it.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(ExitPatience);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException)
        {
            Kill();
        }
        // Bounded: a grandchild could hold the pipe open.
        await Task.WhenAny(_errors, Task.Delay(ExitPatience));
        _process.Dispose();
    }

    /// <summary>Ends the process at once.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private static Process Launch(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new RunnerUnavailableException($"The runner '{start.FileName}' did not start.");
        }
        catch (Win32Exception exception)
        {
            throw new RunnerUnavailableException($"The runner '{start.FileName}' cannot be started: {exception.Message}. Check Runners:Path.", exception);
        }
    }

    private async Task ShakeHandsAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(_options.StartSeconds));
        try
        {
            var greeting = await ReadAsync(patience.Token);
            if (greeting is null)
                throw new RunnerUnavailableException($"The runner ended at its start. {(await ExplainDeathAsync()).Message}");
            if (greeting is not { Type: RunnerEvent.Ready, Version: RunnerProtocol.Version })
                throw new RunnerUnavailableException($"The runner speaks protocol {greeting.Version}, this program {RunnerProtocol.Version}: take both from one build.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RunnerUnavailableException($"The runner was not ready after {_options.StartSeconds} s (Runners:StartSeconds). It last printed: {_lastLines}");
        }
    }

    private JsonElement Conclude(string job, RunnerEvent message, CancellationToken cancellationToken)
    {
        _residentBytes = message.ResidentBytes ?? 0;
        return message.Type switch
        {
            RunnerEvent.Done => message.Reply!.Value,
            RunnerEvent.Failed => throw new DomainException(message.Failure!.Code, message.Failure.Reason, message.Failure.Remedy),
            RunnerEvent.Cancelled => throw new OperationCanceledException(cancellationToken),
            _ => throw new RunnerJobException(job, message.Error ?? message.Type),
        };
    }

    private void TrySend(RunnerCommand command)
    {
        try
        {
            lock (_writing)
            {
                _process.StandardInput.WriteLine(RunnerProtocol.Write(command));
                _process.StandardInput.Flush();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The process has ended; the end of its output says so, and why.
        }
    }

    private async Task<RunnerEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (RunnerProtocol.Read<RunnerEvent>(line) is { } message)
                return message;
            _logger.NotAnEvent(ProcessId, line);
        }
        _ended = true;
        return null;
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _lastLines.Add(line);
            _logger.RunnerSaid(ProcessId, line);
        }
    }

    private async Task<RunnerDeath> ExplainDeathAsync()
    {
        using var patience = new CancellationTokenSource(ExitPatience);
        await using var kill = patience.Token.Register(Kill);
        await _process.WaitForExitAsync(CancellationToken.None);
        await Task.WhenAny(_errors, Task.Delay(ExitPatience));
        return new RunnerDeath(_process.ExitCode, _lastLines.ToString());
    }
}
