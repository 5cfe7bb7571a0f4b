using System.Diagnostics;

namespace SparsePipeline.Benchmarks;

/// <summary>The distribution's Python, whose PyTorch is the peer.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";

    /// <summary>Null when there is one, else why not.</summary>
    public static string? Missing => File.Exists(Program) ? null : $"there is no {Program}";

    /// <summary>Starts a script that lies beside the benchmarks, its output and input redirected.</summary>
    /// <remarks>
    /// Settings that hold OpenBLAS back to the kernels of an older processor are left out: the peer may use all that the machine has. The script
    /// compares a product with that of 64 bits before it is measured, because some builds are wrong on processors they do not know.
    /// </remarks>
    public static Process Start(string script, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program, [Path.Combine(AppContext.BaseDirectory, script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("OPENBLAS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }
}
