using System.IO.Compression;
using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Csv;

/// <summary>Rows of a CSV file, gzipped or not: one per line, fields in double quotes where they contain the separator or quotes.</summary>
internal sealed class CsvReader(string path, char separator) : IDisposable
{
    // A forged file must not make a reader allocate without bound.
    private const int LongestLine = 1 << 20;

    private readonly StreamReader _reader = new(Open(path));
    private readonly StringBuilder _line = new();

    public string Path => path;

    /// <summary>Line of the last row, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The fields of the next line that is not blank, or null at the end.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.CorruptArtifact"/>: a line is too long, a quote is not closed or the gzip is damaged.</exception>
    public IReadOnlyList<string>? Next()
    {
        try
        {
            while (ReadLine())
                if (!string.IsNullOrWhiteSpace(_line.ToString()))
                    return Split(_line.ToString());
            return null;
        }
        catch (InvalidDataException error)
        {
            throw Corrupt($"is not valid gzip ({error.Message})");
        }
    }

    public DomainException Corrupt(string problem) => new(
        FailureCodes.CorruptArtifact, $"CSV file '{path}' {problem}.", "Correct the file: every line has the same number of fields, all numbers but the label.");

    public void Dispose() => _reader.Dispose();

    private static Stream Open(string path)
    {
        var file = File.OpenRead(path);
        return path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private bool ReadLine()
    {
        _line.Clear();
        Line++;
        for (var next = _reader.Read(); next >= 0; next = _reader.Read())
        {
            if (next == '\n')
                return true;
            if (_line.Append((char)next).Length > LongestLine)
                throw Corrupt($"has a line {Line} of more than {LongestLine} characters");
        }
        return _line.Length > 0;
    }

    private List<string> Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        foreach (var character in line.TrimEnd('\r'))
        {
            if (character == '"')
            {
                // A quote that opens right after one that closed stands for itself.
                if (!quoted && field.Length > 0)
                    field.Append('"');
                quoted = !quoted;
            }
            else if (character == separator && !quoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
                field.Append(character);
        }
        fields.Add(field.ToString().Trim());
        return quoted ? throw Corrupt($"has a quote on line {Line} that is not closed") : fields;
    }
}
