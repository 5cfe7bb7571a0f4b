using System.Diagnostics;

namespace SparsePipeline.Chaos.Processes;

/// <summary>
/// One replica of a service: a real process in a group of its own, so that its runners can be hit together with it or be left behind.
/// It can die and be started again; its log goes on in the same file.
/// </summary>
internal sealed class ServiceProcess(string name, string program, IReadOnlyDictionary<string, string> environment, string log) : IDisposable
{
    private readonly Lock _gate = new();
    private Process? _process;

    public string Name => name;

    /// <summary>The log of all its lives.</summary>
    public string Log => log;

    /// <summary>How often it was started.</summary>
    public int Lives { get; private set; }

    /// <summary>The exit code of a life that nobody here ended; null when there was none.</summary>
    public int? UnexpectedExit { get; private set; }

    public bool IsRunning => _process is { HasExited: false };

    public int Id => _process?.Id ?? throw new InvalidOperationException($"{name} was never started.");

    /// <summary>Starts it unless it runs; more environment counts for this life only.</summary>
    public void Start(IReadOnlyDictionary<string, string>? more = null)
    {
        if (IsRunning)
            return;
        // setsid makes the process the leader of a new group and then becomes it, so its number is the group's.
        var start = new ProcessStartInfo("setsid", [Path.Combine(AppContext.BaseDirectory, program)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (key, value) in environment.Concat(more ?? new Dictionary<string, string>()))
            start.Environment[key] = value;
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.Exited += (_, _) => Ended(process);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        (_process, Lives) = (process, Lives + 1);
    }

    /// <summary>kill -9.</summary>
    /// <param name="group">Its runners too; otherwise they are left behind and have to notice.</param>
    public void Kill(bool group = true) => Signal(Signals.Kill, group);

    /// <summary>Signals it if it runs.</summary>
    public void Signal(int signal, bool group = true)
    {
        if (!IsRunning)
            return;
        if (signal == Signals.Kill)
            _process!.EnableRaisingEvents = false;
        _ = Signals.Send(group ? -Id : Id, signal);
    }

    /// <summary>Waits until a life that was ended is over.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process?.WaitForExitAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose()
    {
        Kill();
        _process?.Dispose();
    }

    private void Write(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
            File.AppendAllText(log, line + '\n');
    }

    private void Ended(Process process)
    {
        if (process.EnableRaisingEvents)
            UnexpectedExit = process.ExitCode;
    }
}
