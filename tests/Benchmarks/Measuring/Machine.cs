using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;

namespace SparsePipeline.Benchmarks;

/// <summary>What the figures were taken on.</summary>
public sealed partial record Machine(
    string Processor, int Cores, double MemoryGiB, string System, string Runtime, string Vectors, string TorchSharp, string LoadAverage)
{
    public static Machine Read() => new(
        CpuModel().Match(File.ReadAllText("/proc/cpuinfo")).Groups["name"].Value,
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
        $"{OsName().Match(File.ReadAllText("/etc/os-release")).Groups["name"].Value}, Linux {Environment.OSVersion.Version}",
        RuntimeInformation.FrameworkDescription,
        Vector512.IsHardwareAccelerated ? "512 bits" : Vector256.IsHardwareAccelerated ? "256 bits" : "portable",
        typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3),
        string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)));

    [GeneratedRegex(@"model name\s*:\s*(?<name>.*)", RegexOptions.None, 1000)]
    private static partial Regex CpuModel();

    [GeneratedRegex(@"PRETTY_NAME=""(?<name>.*)""", RegexOptions.None, 1000)]
    private static partial Regex OsName();
}
