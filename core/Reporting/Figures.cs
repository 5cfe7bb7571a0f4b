using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting;

/// <summary>How numbers are written for people, in the terminal and in the report alike.</summary>
public static class Figures
{
    /// <summary>
    /// A fraction as a percentage with one decimal, or a dash. What is not exactly all or nothing gets as many decimals as it takes not to
    /// look so: 99.98 %, 0.003 %.
    /// </summary>
    public static string Percent(double? fraction) =>
        fraction is { } value && double.IsFinite(value) ? (100 * value).ToString("0." + new string('0', Decimals(value)), CultureInfo.InvariantCulture) + " %" : "–";

    /// <summary>Rounding of sums is no difference, and one weight of a trillion is none that anybody looks for.</summary>
    private static int Decimals(double fraction)
    {
        var distance = Math.Min(Math.Abs(fraction), Math.Abs(1 - fraction));
        var decimals = 1;
        while (distance is > 1e-12 and < 0.00055 && decimals < 10)
            (distance, decimals) = (distance * 10, decimals + 1);
        return decimals;
    }

    /// <summary>An interval of fractions as percentages with one decimal, or nothing.</summary>
    public static string Range(Interval? interval) => interval is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{100 * interval.Lower:0.0}–{100 * interval.Upper:0.0}");

    /// <summary>A difference of two fractions in percentage points, signed.</summary>
    public static string Points(double difference) =>
        Signed(difference) + " points";

    /// <summary>An interval of differences in percentage points, signed, or nothing.</summary>
    public static string PointsRange(Interval? interval) => interval is null ? "" : $"{Signed(interval.Lower)}…{Signed(interval.Upper)}";

    /// <summary>A difference of two fractions in percentage points, signed, without the word; a dash when there is none.</summary>
    public static string Signed(double? difference) =>
        difference is { } value ? (100 * value).ToString("+0.0;−0.0;±0.0", CultureInfo.InvariantCulture) : "–";

    /// <summary>A duration, in the two largest units that matter.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 0.0095 => "0 s",
        < 9.95 => seconds.ToString("0.0#", CultureInfo.InvariantCulture) + " s",
        < 59.5 => seconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        < 3600 => TimeSpan.FromSeconds(seconds).ToString(@"m\ \m\i\n\ s\ \s", CultureInfo.InvariantCulture),
        _ => $"{(long)(seconds / 3600)} h {(long)(seconds / 60) % 60} min",
    };

    /// <summary>A short duration, in microseconds.</summary>
    public static string Microseconds(double seconds) => (1e6 * seconds).ToString("#,0.0", CultureInfo.InvariantCulture) + " µs";

    /// <summary>A size in bytes, KB, MB or GB (powers of 1000).</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => (bytes / 1e3).ToString("0.0", CultureInfo.InvariantCulture) + " KB",
        < 1_000_000_000 => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
        _ => (bytes / 1e9).ToString("0.00", CultureInfo.InvariantCulture) + " GB",
    };

    /// <summary>A count with thin thousands separators, or a dash.</summary>
    public static string Count(long? count) => count is { } known ? Count(known) : "–";

    /// <summary>A count with thin thousands separators.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A setting, with all its digits.</summary>
    public static string Number(double value) => value.ToString("0.################", CultureInfo.InvariantCulture);

    /// <summary>A loss or another real number with three decimals, or a dash.</summary>
    public static string Real(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";
}
