using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Training;

/// <summary>The option all training schedules share.</summary>
internal static class WarmupOption
{
    private const string Name = "warmup";

    public static OptionInfo Info { get; } = OptionInfo.Number(
        Name, "Share of the iterations over which the rate rises from 0 to its peak along a cosine.", 0.0, minimum: 0, maximum: 0.5);

    public static int Iterations(OptionValues options, int iterations) => Warmup.Iterations(iterations, options.Number(Name));
}
