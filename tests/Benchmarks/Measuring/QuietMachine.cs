using System.Diagnostics;
using System.Globalization;

namespace SparsePipeline.Benchmarks;

/// <summary>Whether others use the processor: a figure taken beside other work is the work's, not ours.</summary>
internal static class QuietMachine
{
    /// <summary>Cores that others may use together. Idle daemons stay below a twentieth.</summary>
    public const double Allowed = 0.15;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Waits up to two minutes for the machine to be quiet, because a benchmark's own servers need a moment to end.</summary>
    /// <returns>Null when it is quiet, else who uses how much of it.</returns>
    public static async Task<string?> WaitAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var (cores, who) = await LookAsync(cancellationToken);
            if (cores <= Allowed)
                return null;
            if (Stopwatch.GetElapsedTime(start) > Patience)
                return string.Create(CultureInfo.InvariantCulture, $"others use {cores:0.00} cores, most of it: {who}");
        }
    }

    private static async Task<(double Cores, string Who)> LookAsync(CancellationToken cancellationToken)
    {
        var (before, processes) = (ProcessorTimes.Read(), ProcessTimes());
        await Task.Delay(Window, cancellationToken);
        var cores = (ProcessorTimes.Read() - before).BusyShare * Environment.ProcessorCount;
        var busiest = ProcessTimes()
            .Select(p => (Name: p.Key, Ticks: p.Value - processes.GetValueOrDefault(p.Key)))
            .Where(p => p.Ticks > 0)
            .OrderByDescending(p => p.Ticks)
            .Take(3)
            .Select(p => p.Name);
        return (cores, string.Join(", ", busiest) is { Length: > 0 } names ? names : "no process of this machine, so its host");
    }

    /// <summary>Ticks of processor time by "name (pid)", of every process but this one.</summary>
    private static Dictionary<string, long> ProcessTimes()
    {
        var times = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId)
                continue;
            try
            {
                var stat = File.ReadAllText($"{folder}/stat");
                // The name is in brackets and may hold blanks; user and system time are the 12th and 13th field after it.
                var (open, close) = (stat.IndexOf('('), stat.LastIndexOf(')'));
                var fields = stat[(close + 2)..].Split(' ');
                times[$"{stat[(open + 1)..close]} ({id})"] = Ticks(fields[11]) + Ticks(fields[12]);
            }
            catch (IOException)
            {
                // It has ended since.
            }
        }
        return times;
    }

    private static long Ticks(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
