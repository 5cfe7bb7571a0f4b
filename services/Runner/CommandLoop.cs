using System.Diagnostics;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner;

/// <summary>Takes commands until the parent closes the pipe or dies, which looks the same.</summary>
/// <remarks>
/// Reads on its own thread: a job may keep every pool thread busy, and cancellation and the parent's end must still be noticed at once.
/// </remarks>
internal sealed class CommandLoop(JobTable jobs, Stream commands, EventWriter events)
{
    private readonly Lock _state = new();
    private CancellationTokenSource? _running;
    private long _runningId;

    /// <summary>Returns when there are no more commands; a job that still runs then has nobody to answer and the process is ended.</summary>
    public void Run()
    {
        events.Write(new RunnerEvent { Type = RunnerEvent.Ready, Version = RunnerProtocol.Version });
        using var reader = new StreamReader(commands, RunnerProtocol.Encoding);
        while (reader.ReadLine() is { } line)
            Obey(RunnerProtocol.Read<RunnerCommand>(line));
        lock (_state)
        {
            // Everything a job stores is atomic, so ending it anywhere is safe; running destructors under libtorch's threads is not.
            if (_running is not null)
                Process.GetCurrentProcess().Kill();
        }
    }

    private void Obey(RunnerCommand? command)
    {
        switch (command?.Type)
        {
            case RunnerCommand.Run:
                Start(command);
                break;
            case RunnerCommand.Cancel:
                Cancel(command.Id);
                break;
            default:
                Console.Error.WriteLine("A line that is no command was ignored.");
                break;
        }
    }

    private void Start(RunnerCommand command)
    {
        lock (_state)
        {
            if (_running is not null)
            {
                var busy = $"This runner is busy with job {_runningId}.";
                events.Write(new RunnerEvent { Type = RunnerEvent.Faulted, Id = command.Id, Error = busy });
                return;
            }
            _running = new CancellationTokenSource();
            _runningId = command.Id;
            var token = _running.Token;
            _ = Task.Run(() => ExecuteAsync(command, token));
        }
    }

    private async Task ExecuteAsync(RunnerCommand command, CancellationToken cancellationToken)
    {
        var outcome = await JobExecution.RunAsync(jobs, command, events.ProgressOf(command.Id), cancellationToken);
        lock (_state)
        {
            _running?.Dispose();
            _running = null;
        }
        events.Write(outcome);
    }

    private void Cancel(long id)
    {
        lock (_state)
        {
            if (_runningId == id)
                _running?.Cancel();
        }
    }
}
