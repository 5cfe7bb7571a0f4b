using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Files;

/// <summary>A time span as people write it: <c>90m</c>, <c>24h</c>, <c>7d</c>.</summary>
internal static class GracePeriod
{
    /// <summary>The span in hours.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: it is none.</exception>
    public static double Hours(string text) =>
        text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Unit(text[^1]) is { } hours
            ? number * hours
            : throw new DomainException(
                FailureCodes.InvalidOption, $"--grace is '{text}', which is no time.", (text.Contains(',', StringComparison.Ordinal) ? "Write decimals with a point. " : "") + "Write a number and m, h or d: 90m, 24h, 7d.");

    private static double? Unit(char unit) => unit switch { 'm' => 1.0 / 60, 'h' => 1, 'd' => 24, _ => null };
}
