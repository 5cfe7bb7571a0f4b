using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Methods;

namespace SparsePipeline.Learning.Schedules.Training;

/// <summary>The option all training schedules share.</summary>
internal static class WarmupOption
{
    private const string Name = "warmup";

    public static OptionInfo Info { get; } = new(
        Name, OptionTypes.Number, "Share of the iterations over which the rate rises from 0 to its peak along a cosine.",
        JsonSerializer.SerializeToElement(0.0), Minimum: 0, Maximum: 0.5);

    public static int Iterations(OptionValues options, int iterations) => Warmup.Iterations(iterations, options.Number(Name));
}
