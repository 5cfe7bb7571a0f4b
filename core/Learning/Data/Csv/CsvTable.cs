using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Csv;

/// <summary>The numbers and labels of one CSV file, its columns in the order of the training rows.</summary>
/// <param name="Header">Names of all columns, the label's among them; null when the file names none.</param>
/// <param name="Label">Position of the label among them.</param>
/// <param name="Columns">Columns of numbers.</param>
/// <param name="Numbers">Row after row.</param>
/// <param name="Labels">One per row, as written.</param>
internal sealed record CsvTable(IReadOnlyList<string>? Header, int Label, int Columns, float[] Numbers, IReadOnlyList<string> Labels)
{
    private const int MostNumbers = 1 << 28;

    /// <summary>Names of the columns of numbers; null when the file names none.</summary>
    public IReadOnlyList<string>? NumberNames => Header is null ? null : [.. Header.Where((_, i) => i != Label)];

    /// <summary>Name of the label's column; null when the file names none.</summary>
    public string? LabelName => Header?[Label];

    /// <param name="path">The file.</param>
    /// <param name="layout">How to read it.</param>
    /// <param name="training">The training rows, whose columns this file has, in whatever order; null for these themselves.</param>
    /// <exception cref="DomainException">
    /// The file is damaged, has lines of different length, other columns or no rows, or a field is no finite number; line and column are named.
    /// </exception>
    public static CsvTable Read(string path, CsvLayout layout, CsvTable? training = null)
    {
        using var reader = new CsvRows(path, layout.Separator);
        var header = layout.Header ? reader.Next() : null;
        var first = reader.Next() ?? throw reader.Corrupt("has no rows");
        var order = CsvColumns.Order(reader, header, first.Count, training?.Header);
        var names = training?.Header ?? header;
        var label = layout.LabelColumn(reader, names, order.Length);
        var (numbers, labels) = (new List<float>(), new List<string>());
        for (var row = first; row is not null; row = reader.Next())
        {
            if (row.Count != order.Length)
                throw reader.Corrupt($"has {row.Count} fields on line {reader.Line}, and {order.Length} before");
            if (numbers.Count > MostNumbers)
                throw new DomainException(FailureCodes.TooLarge, $"CSV file '{path}' has more than {MostNumbers} numbers.", "Use fewer rows or columns.");
            for (var column = 0; column < order.Length; column++)
                if (column != label)
                    numbers.Add(Number(reader, row[order[column]], names?[column] ?? $"{column + 1}"));
            labels.Add(row[order[label]]);
        }
        return new CsvTable(names, label, order.Length - 1, [.. numbers], labels);
    }

    private static float Number(CsvRows reader, string text, string column) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number)
            ? number
            : throw reader.Corrupt($"has '{CsvRows.Shown(text)}' in column '{CsvRows.Shown(column)}' on line {reader.Line}, which is no finite number");
}
