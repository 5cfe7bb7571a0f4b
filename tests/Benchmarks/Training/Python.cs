using System.Diagnostics;
using System.Runtime.Intrinsics.X86;

namespace SparsePipeline.Benchmarks;

/// <summary>The distribution's Python, whose PyTorch is the peer.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";
    private const string CoreType = "OPENBLAS_CORETYPE";

    /// <summary>What OpenBLAS calls the kernels that it falls back to on a processor that is newer than itself: SSE3, of 2004.</summary>
    private const string Fallback = "Prescott";

    private const string AskKernels = """
        import ctypes, torch
        for path in {line.split()[-1] for line in open("/proc/self/maps") if "libopenblas" in line}:
            library = ctypes.CDLL(path)
            library.openblas_get_corename.restype = ctypes.c_char_p
            print(library.openblas_get_corename().decode())
        """;

    private static readonly Lazy<string?> Kernels = new(FastestKernels);

    /// <summary>Null when there is one, else why not.</summary>
    public static string? Missing => File.Exists(Program) ? null : $"there is no {Program}";

    /// <summary>Starts a script that lies beside the benchmarks, its output and input redirected.</summary>
    /// <remarks>
    /// Settings that hold OpenBLAS back to the kernels of an older processor are left out, and where it does not know the processor it is told which
    /// kernels fit: the peer may use all that the machine has. The script compares a product with that of 64 bits before it is measured, because
    /// some builds are wrong on processors they do not know.
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
        if (Kernels.Value is { } kernels)
            start.Environment[CoreType] = kernels;
        return Process.Start(start)!;
    }

    /// <summary>The kernels to name to OpenBLAS; null where it chooses well by itself, or is not there.</summary>
    private static string? FastestKernels()
    {
        var start = new ProcessStartInfo(Program, ["-c", AskKernels]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove(CoreType);
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var chosen = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        if (chosen != Fallback)
            return null;
        return Avx512F.IsSupported ? "SkylakeX" : Avx2.IsSupported ? "Haswell" : null;
    }
}
