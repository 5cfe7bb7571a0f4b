using System.Reflection;
using System.Runtime.InteropServices;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Processor, cores, operating system and versions, in one line.</summary>
public static class MachineDescription
{
    /// <summary>The machine this process runs on.</summary>
    public static string Current() => string.Join(
        ", ",
        Processor(),
        $"{System.Environment.ProcessorCount} cores",
        OperatingSystemName(),
        RuntimeInformation.FrameworkDescription,
        $"SparsePipeline {Version()}");

    /// <summary>The version of this program, with the commit it was built from when that is known.</summary>
    public static string Version() =>
        typeof(MachineDescription).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of unknown version";

    private static string Processor() =>
        Field("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string OperatingSystemName() => Field("/etc/os-release", "PRETTY_NAME", '=') ?? RuntimeInformation.OSDescription;

    private static string? Field(string file, string name, char separator) => File.Exists(file)
        ? File.ReadLines(file).Select(l => l.Split(separator, 2)).FirstOrDefault(p => p.Length == 2 && p[0].Trim() == name)?[1].Trim().Trim('"')
        : null;
}
