using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>A child process that takes commands and gives events, line by line; what it prints on standard error is log.</summary>
/// <remarks>
/// The child ends by itself when its standard input does, which the kernel sees to however the parent ends. PR_SET_PDEATHSIG is not
/// used: it fires when the <i>thread</i> that started the process ends, and pool threads do.
/// </remarks>
internal sealed class RunnerPipe : IAsyncDisposable
{
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(5);
    private readonly Process _process;
    private readonly ILogger _logger;
    private readonly LastLines _lastLines = new(capacity: 20);
    private readonly Lock _writing = new();
    private readonly CancellationTokenSource _killed = new();
    private readonly Task _errors;
    private bool _ended;

    public RunnerPipe(ProcessStartInfo start, ILogger logger)
    {
        _process = Launch(start);
        _logger = logger;
        ProcessId = _process.Id;
        using (ExecutionContext.SuppressFlow())
            _errors = Task.Run(ReadErrorsAsync);
    }

    public int ProcessId { get; }

    /// <summary>False when the process has ended or is about to.</summary>
    public bool IsAlive => !_ended && !_process.HasExited;

    /// <summary>Compute time it has used so far, all threads together; zero when it has ended.</summary>
    public TimeSpan Computed
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.TotalProcessorTime;
            }
            catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
            {
                return TimeSpan.Zero;
            }
        }
    }

    /// <summary>The job whose log scope and span its lines belong to: the last, as its lines may come after its reply.</summary>
    public ExecutionContext? Speaker { get; set; }

    /// <summary>The latest lines of its log.</summary>
    public string LastWords => _lastLines.ToString();

    /// <summary>Sends a command; to a process that has ended, it does nothing.</summary>
    public void Send(RunnerCommand command)
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
            // The end of its output says that it has ended, and why.
        }
    }

    /// <summary>The next event, or null when there will be none.</summary>
    /// <remarks>After <see cref="Kill"/> it is waited for <see cref="ExitPatience"/>: who the kernel holds keeps its pipe, as a grandchild does.</remarks>
    public async Task<RunnerEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _killed.Token);
        try
        {
            return await ReadEventAsync(either.Token);
        }
        catch (OperationCanceledException) when (_killed.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _ended = true;
            return null;
        }
    }

    private async Task<RunnerEvent?> ReadEventAsync(CancellationToken cancellationToken)
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

    /// <summary>How a process whose events have ended came to its end.</summary>
    public async Task<RunnerDeath> ExplainDeathAsync()
    {
        using var patience = new CancellationTokenSource(ExitPatience);
        await using var kill = patience.Token.Register(Kill);
        using var limit = new CancellationTokenSource(ExitPatience * 2);
        // A process that the kernel holds, by a disk that does not answer, does not even end when it is killed.
        await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAny(_errors, Task.Delay(ExitPatience));
        return new RunnerDeath(_process.HasExited ? _process.ExitCode : RunnerDeath.NotEnded, LastWords);
    }

    /// <summary>Ends the process at once.</summary>
    public void Kill()
    {
        try
        {
            _killed.CancelAfter(ExitPatience);
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
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

    private static Process Launch(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new RunnerUnavailableException($"The runner '{start.FileName}' did not start.");
        }
        catch (Win32Exception exception)
        {
            throw new RunnerUnavailableException(
                $"The runner '{start.FileName}' cannot be started: {exception.Message}. Check Runners:Path.", exception);
        }
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _lastLines.Add(line);
            Log(line);
        }
    }

    // The reader was started in the context of the runner's first job, which must not lend its name to the lines of later ones.
    private void Log(string line)
    {
        if (Speaker is { } speaker)
            ExecutionContext.Run(speaker, _ => _logger.RunnerSaid(ProcessId, line), state: null);
        else
            _logger.RunnerSaid(ProcessId, line);
    }
}
