using System.Globalization;
using System.Text.RegularExpressions;

namespace SparsePipeline.Contracts;

/// <summary>Numbers as people type them: with a point, no separators between thousands, nothing else.</summary>
public static partial class NumberText
{
    /// <summary>The number, or null when the text is none. Infinity and NaN are none.</summary>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>The whole number, or null when the text is none.</summary>
    public static long? Whole(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What somebody meant who wrote a decimal comma or a percentage, in words to be followed; null when it is something else.</summary>
    public static string? Hint(string text)
    {
        if (DecimalComma().IsMatch(text))
            return $"Write {text.Replace(',', '.')}, with a point.";
        return Percentage().Match(text) is { Success: true } match && Number(match.Groups["number"].Value.Replace(',', '.')) is { } percent
            ? $"Write {(percent / 100).ToString("0.##########", CultureInfo.InvariantCulture)}: shares are numbers from 0 to 1."
            : null;
    }

    [GeneratedRegex("^[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DecimalComma();

    [GeneratedRegex("^(?<number>[0-9]+([.,][0-9]+)?) ?%$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Percentage();
}
