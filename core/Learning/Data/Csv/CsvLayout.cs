using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Csv;

/// <summary>How a CSV file is written.</summary>
/// <param name="Header">Whether the first line names the columns.</param>
/// <param name="Label">Name of the label's column, or its number from 1; empty for the last.</param>
/// <param name="Separator">Between fields.</param>
internal sealed record CsvLayout(bool Header, string Label, char Separator)
{
    /// <summary>Position of the label, from 0.</summary>
    /// <exception cref="DomainException">There is no such column, or no column of numbers beside it.</exception>
    public int LabelColumn(CsvRows reader, IReadOnlyList<string>? header, int columns)
    {
        if (columns < 2)
            throw reader.Corrupt("has one column, but a label needs numbers beside it");
        if (Label.Length == 0)
            return columns - 1;
        var named = header?.ToList().IndexOf(Label) ?? -1;
        if (named >= 0)
            return named;
        return int.TryParse(Label, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= columns
            ? number - 1
            : throw new DomainException(
                FailureCodes.InvalidOption,
                $"data.options.label is '{Label}', but '{reader.Path}' has no such column.",
                header is null ? $"Use a number, 1 to {columns}, or set data.options.header." : $"Use one of {CsvRows.Shown(header)}, or a number, 1 to {columns}.");
    }
}
