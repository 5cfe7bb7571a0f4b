using System.Globalization;

namespace SparsePipeline.Benchmarks;

/// <summary>What all processors together did since the start, in ticks, from the first line of <c>/proc/stat</c>.</summary>
/// <param name="Busy">Computing for anybody, or kept waiting by the host of a virtual machine (steal).</param>
/// <param name="Idle">Idle or waiting for a disk.</param>
internal sealed record ProcessorTimes(long Busy, long Idle)
{
    public double BusyShare => Busy + Idle == 0 ? 0 : (double)Busy / (Busy + Idle);

    public static ProcessorTimes Read() => Parse(File.ReadLines("/proc/stat").First());

    /// <param name="line"><c>cpu user nice system idle iowait irq softirq steal guest guest_nice</c>; guest time is in user time already.</param>
    public static ProcessorTimes Parse(string line)
    {
        long[] ticks = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(t => long.Parse(t, CultureInfo.InvariantCulture))];
        var idle = ticks[3] + ticks[4];
        return new ProcessorTimes(ticks.Sum() - idle, idle);
    }

    public static ProcessorTimes operator -(ProcessorTimes later, ProcessorTimes earlier) => new(later.Busy - earlier.Busy, later.Idle - earlier.Idle);
}
