using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Csv;

/// <summary>Where the columns of the training rows stand in a file: programs write the same table in whatever order they please.</summary>
internal static class CsvColumns
{
    /// <summary>Position in the file of every column, in the order of the training rows.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="header">Its names; null when it has none, and then its columns are those of the training rows as they stand.</param>
    /// <param name="columns">How many the file has.</param>
    /// <param name="training">Names of the training rows' columns; null when this is the training file or files have no headers.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.ShapeMismatch"/>: a column is missing, extra, renamed or there twice.</exception>
    public static int[] Order(CsvRows reader, IReadOnlyList<string>? header, int columns, IReadOnlyList<string>? training)
    {
        if (header is null || training is null || header.SequenceEqual(training, StringComparer.Ordinal))
            return [.. Enumerable.Range(0, header?.Count ?? columns)];
        var problems = Problems(header, training).ToList();
        if (problems.Count > 0)
            throw new DomainException(
                FailureCodes.ShapeMismatch,
                $"CSV file '{reader.Path}' {string.Join(" and ", problems)}.",
                $"Give all files the same columns, in any order, under the names of the training rows: {CsvRows.Shown(training)}.");
        var places = header.Select((name, i) => (name, i)).ToDictionary(StringComparer.Ordinal);
        return [.. training.Select(name => places[name])];
    }

    private static IEnumerable<string> Problems(IReadOnlyList<string> header, IReadOnlyList<string> training)
    {
        if (training.Except(header, StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
            yield return $"has no column {Quoted(missing)}, which the training rows have";
        if (header.Except(training, StringComparer.Ordinal).ToList() is { Count: > 0 } extra)
            yield return $"has a column {Quoted(extra)}, which the training rows do not have";
        if (Twice(training) is { } twice)
            yield return $"cannot be matched, since '{CsvRows.Shown(twice)}' names two columns of the training rows";
        else if (Twice(header) is { } again)
            yield return $"has the column '{CsvRows.Shown(again)}' twice";
    }

    private static string? Twice(IReadOnlyList<string> names) => names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Take(20).Select(n => $"'{CsvRows.Shown(n)}'"));
}
