using System.Text;
using CsvHelper;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Csv;

/// <summary>Rows of a CSV file (RFC 4180), gzipped or not; blank lines are passed over, and so are blanks around a field.</summary>
internal sealed class CsvRows(string path, char separator) : IDisposable
{
    // A forged file must not make a reader allocate without bound.
    private const int LargestRow = 1 << 20;

    private readonly CsvReader _reader = CsvReader.Create(DataPath.Open(path), new CsvReaderOptions
    {
        Separator = separator,
        HasHeader = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = LargestRow,
    });

    public string Path => path;

    /// <summary>Line on which the last row starts, from 1.</summary>
    public long Line => _reader.LineNumber;

    /// <summary>The fields of the next row, or null at the end.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.CorruptArtifact"/>: a row is too long, quotes make no sense or the gzip is damaged.</exception>
    public IReadOnlyList<string>? Next()
    {
        try
        {
            while (_reader.Read())
                if (!IsBlank(_reader.RawRecord))
                    return [.. Enumerable.Range(0, _reader.FieldCount).Select(field => _reader.GetString(field).Trim())];
            return null;
        }
        catch (CsvFormatException error)
        {
            throw Corrupt($"cannot be read on line {error.LineNumber}: {error.Message.TrimEnd('.')}");
        }
        catch (InvalidDataException error)
        {
            throw Corrupt($"is not valid gzip ({error.Message})");
        }
    }

    public DomainException Corrupt(string problem) => new(
        FailureCodes.CorruptArtifact,
        $"CSV file '{path}' {problem}.",
        "Correct the file: every row has the same number of fields, all numbers but the label; a field with quotes in it stands in quotes, and those in it are doubled.");

    /// <summary>As much of a field as a message needs: a stray quote makes one of a thousand lines.</summary>
    public static string Shown(string field) => field.Length > 40 ? field[..40] + "…" : field;

    /// <summary>The first few of many fields, likewise.</summary>
    public static string Shown(IEnumerable<string> fields) => string.Join(", ", fields.Take(20).Select(Shown));

    public void Dispose() => _reader.Dispose();

    private static bool IsBlank(ReadOnlySpan<byte> row) => row[Ascii.Trim(row)].IsEmpty;
}
