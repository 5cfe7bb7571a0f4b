using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Csv;

/// <summary>Numbers the labels of the training rows: whole numbers by size, other texts in ordinal order.</summary>
internal sealed class CsvLabels
{
    private const int MostClasses = 256;
    private readonly Dictionary<string, byte> _classes;

    /// <exception cref="DomainException">There are fewer than two labels or more than 256.</exception>
    public CsvLabels(CsvTable training)
    {
        var names = training.Labels.Distinct(StringComparer.Ordinal).ToList();
        if (names.Count is < 2 or > MostClasses)
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"The label column of the training rows has {names.Count} different values; there must be 2 to {MostClasses}.",
                "Name the column of the classes with data.options.label.");
        var ordered = names.TrueForAll(n => Whole(n) is not null) ? names.OrderBy(n => Whole(n)) : names.Order(StringComparer.Ordinal);
        _classes = ordered.Select((name, i) => (name, (byte)i)).ToDictionary(StringComparer.Ordinal);
    }

    public int Count => _classes.Count;

    /// <summary>As they are written, in the order of their numbers.</summary>
    public IReadOnlyList<string> Names => [.. _classes.OrderBy(c => c.Value).Select(c => c.Key)];

    /// <summary>The rows of a table as examples.</summary>
    /// <exception cref="DomainException">A label is none of the training rows'.</exception>
    public Examples Of(CsvTable table, string path) => new(InputShape.Row(table.Columns), table.Numbers, [.. table.Labels.Select(l => Class(l, path))]);

    private byte Class(string label, string path) => _classes.TryGetValue(label, out var number) ? number : throw new DomainException(
        FailureCodes.CorruptArtifact, $"CSV file '{path}' has the label '{CsvRows.Shown(label)}', which no training row has.", $"Known: {CsvRows.Shown(_classes.Keys)}.");

    private static long? Whole(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
