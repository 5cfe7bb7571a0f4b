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
    private readonly HashSet<Process> _endedHere = [];
    private readonly Dictionary<string, string> _changed = new(StringComparer.Ordinal);

    public string Name => name;

    /// <summary>The log of all its lives.</summary>
    public string Log => log;

    /// <summary>How often it was started.</summary>
    public int Lives { get; private set; }

    /// <summary>The exit code of a life that nobody here ended; null when there was none.</summary>
    public int? UnexpectedExit { get; private set; }

    public bool IsRunning => _process is { HasExited: false };

    public int Id => _process?.Id ?? throw new InvalidOperationException($"{name} was never started.");

    /// <summary>Another setting from the next start on.</summary>
    public void Set(string variable, string value) => _changed[variable] = value;

    /// <summary>Starts it unless it runs.</summary>
    public void Start()
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
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        foreach (var (key, value) in _changed)
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
        if (signal is Signals.Kill or Signals.Terminate)
        {
            lock (_gate)
                _endedHere.Add(_process!);
        }
        _ = Signals.Send(group ? -Id : Id, signal);
    }

    /// <summary>Waits until a life that was ended is over; runners it left behind may still hold its output open, which does not count.</summary>
    public async Task WaitForExitAsync(CancellationToken cancellationToken)
    {
        while (IsRunning)
            await Task.Delay(20, cancellationToken);
    }

    /// <summary>Its runners.</summary>
    public IReadOnlyList<int> Children() =>
        [.. Directory.EnumerateDirectories($"/proc/{Id}/task").SelectMany(ChildrenOfThread).Select(int.Parse)];

    public void Dispose()
    {
        Kill();
        _process?.Dispose();
    }

    private static string[] ChildrenOfThread(string thread) =>
        File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private void Write(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
            File.AppendAllText(log, line + '\n');
    }

    private void Ended(Process process)
    {
        lock (_gate)
            UnexpectedExit ??= _endedHere.Contains(process) ? null : process.ExitCode;
    }
}
