using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SparsePipeline.EndToEnd;

/// <summary>One real run in a process group of its own, runners included, so that all of it can be killed at once.</summary>
internal sealed partial class RunProcess : IDisposable
{
    public const int Interrupt = 2;
    public const int Kill = 9;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private RunProcess(Process process) => _process = process;

    /// <summary>Everything printed so far.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The standalone executable.</summary>
    /// <param name="recipe">Recipe file.</param>
    /// <param name="store">Store folder.</param>
    /// <param name="checkpointSeconds">Least time between resume points; 0 saves after every epoch.</param>
    public static RunProcess Start(string recipe, string store, double checkpointSeconds = 10) =>
        Start("SparsePipeline.Standalone", [recipe, store], CheckpointEvery(checkpointSeconds));

    /// <summary>The command line.</summary>
    public static RunProcess Sparsepipe(params string[] arguments) => Start("SparsePipeline.Cli", arguments, CheckpointEvery(seconds: 10));

    /// <summary>Any program beside the tests, with more environment.</summary>
    public static RunProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        // setsid makes the process the leader of a new group and then becomes it, so its number is the group's.
        var start = new ProcessStartInfo("setsid", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new RunProcess(Process.Start(start)!);
    }

    /// <summary>Reads until a line matches; false when the process ended before.</summary>
    public Task<bool> WaitForAsync(Func<string, bool> match) => WaitForAsync(match, Patience);

    private async Task<bool> WaitForAsync(Func<string, bool> match, TimeSpan time)
    {
        using var patience = new CancellationTokenSource(time);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            _lines.Add(line);
            if (match(line))
                return true;
        }
        return false;
    }

    /// <summary>Signals the whole group.</summary>
    public void Signal(int signal) => SendSignal(-_process.Id, signal);

    /// <summary>Reads to the end; returns the exit code.</summary>
    /// <param name="time">How long it may take; two minutes when left out.</param>
    public async Task<int> EndAsync(TimeSpan? time = null)
    {
        await WaitForAsync(_ => false, time ?? Patience);
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Signal(Kill);
        _process.Dispose();
    }

    private static Dictionary<string, string> CheckpointEvery(double seconds) =>
        new(StringComparer.Ordinal) { ["SPARSEPIPELINE_Slices__CheckpointSeconds"] = seconds.ToString() };

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
