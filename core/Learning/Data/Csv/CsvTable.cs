using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Csv;

/// <summary>The numbers and labels of one CSV file.</summary>
/// <param name="Columns">Columns of numbers.</param>
/// <param name="Numbers">Row after row.</param>
/// <param name="Labels">One per row, as written.</param>
internal sealed record CsvTable(int Columns, float[] Numbers, IReadOnlyList<string> Labels)
{
    private const int MostNumbers = 1 << 28;

    /// <param name="path">The file.</param>
    /// <param name="layout">How to read it.</param>
    /// <exception cref="DomainException">
    /// The file is damaged, has lines of different length or no rows, or a field is no finite number; line and column are named.
    /// </exception>
    public static CsvTable Read(string path, CsvLayout layout)
    {
        using var reader = new CsvRows(path, layout.Separator);
        var header = layout.Header ? reader.Next() : null;
        var first = reader.Next() ?? throw reader.Corrupt("has no rows");
        var label = layout.LabelColumn(reader, header, first.Count);
        var (numbers, labels) = (new List<float>(), new List<string>());
        for (var row = first; row is not null; row = reader.Next())
        {
            if (row.Count != (header ?? first).Count)
                throw reader.Corrupt($"has {row.Count} fields on line {reader.Line}, and {(header ?? first).Count} before");
            if (numbers.Count > MostNumbers)
                throw new DomainException(FailureCodes.TooLarge, $"CSV file '{path}' has more than {MostNumbers} numbers.", "Use fewer rows or columns.");
            for (var column = 0; column < row.Count; column++)
                if (column != label)
                    numbers.Add(Number(reader, row[column], header?[column] ?? $"{column + 1}"));
            labels.Add(row[label]);
        }
        return new CsvTable(first.Count - 1, [.. numbers], labels);
    }

    private static float Number(CsvRows reader, string text, string column) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number)
            ? number
            : throw reader.Corrupt($"has '{CsvRows.Shown(text)}' in column '{CsvRows.Shown(column)}' on line {reader.Line}, which is no finite number");
}
