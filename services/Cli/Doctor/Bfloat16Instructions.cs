namespace SparsePipeline.Cli.Doctor;

/// <summary>Instructions of this processor that multiply bfloat16; without them libtorch converts and multiplies one after the other.</summary>
internal static class Bfloat16Instructions
{
    private const string Processors = "/proc/cpuinfo";

    /// <summary>What the kernel says of the first processor.</summary>
    public static Finding Look() => Look(File.ReadLines(Processors));

    /// <summary>Never bad: who trains in float32 needs none.</summary>
    /// <param name="lines">Of <c>/proc/cpuinfo</c>.</param>
    public static Finding Look(IEnumerable<string> lines)
    {
        var flags = lines.FirstOrDefault(l => l.StartsWith("flags", StringComparison.Ordinal))?.Split(' ') ?? [];
        var name = flags.Contains("amx_bf16") ? "AMX" : flags.Contains("avx512_bf16") ? "AVX-512 BF16" : null;
        return new(
            "bfloat16",
            IsGood: true,
            name is null
                ? "neither AVX-512 BF16 nor AMX, so trainings with precision bfloat16 are slower than with float32"
                : $"{name}, so trainings with precision bfloat16 are faster than with float32",
            "");
    }
}
