using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Methods;

/// <summary>An option's default and range in words.</summary>
internal static class OptionText
{
    public static string Default(OptionInfo option) => option.Default is { } value ? value.GetRawText() : "required";

    public static string Range(OptionInfo option) => (option.Minimum, option.Maximum) switch
    {
        (null, null) => "any",
        ({ } low, null) => $"≥ {Number(low)}",
        (null, { } high) => $"≤ {Number(high)}",
        ({ } low, { } high) => $"{Number(low)} to {Number(high)}",
    };

    private static string Number(double value) => value.ToString("0.################", CultureInfo.InvariantCulture);
}
