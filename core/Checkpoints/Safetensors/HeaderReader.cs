using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Parses the JSON header of a safetensors file and believes nothing in it: strict UTF-8, no duplicate names, no unknown
/// fields, whole numbers only, nesting no deeper than the format needs.
/// </summary>
internal ref struct HeaderReader
{
    private const int MaxRank = 64;
    private const int MaxDepth = 4;
    private readonly string _path;
    private readonly Dictionary<string, HeaderEntry> _entries = [];
    private Dictionary<string, string>? _metadata;
    private Utf8JsonReader _json;

    private HeaderReader(string path, ReadOnlySpan<byte> json)
    {
        _path = path;
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    /// <summary>Reads and validates a header whose JSON text is given.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="json">The header without its length prefix.</param>
    /// <param name="fileLength">Length of the whole file, against which offsets are checked.</param>
    /// <exception cref="DomainException">The header is wrong in any way.</exception>
    public static SafetensorsHeader Read(string path, ReadOnlySpan<byte> json, long fileLength)
    {
        if (!Utf8.IsValid(json))
            throw CorruptFile.Because(path, "the header is not valid UTF-8.");
        var reader = new HeaderReader(path, json);
        try
        {
            reader.ReadObject();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped surrogate without its pair.
            throw CorruptFile.Because(path, $"the header is not the JSON of a safetensors file ({exception.Message})");
        }

        var placed = OffsetCheck.Place(path, reader._entries, SafetensorsHeader.PrefixLength + json.Length, fileLength);
        return new SafetensorsHeader(placed, reader._metadata ?? []);
    }

    private void ReadObject()
    {
        Expect(JsonTokenType.StartObject, "the header");
        while (NextName() is { } name)
        {
            if (name == "__metadata__")
                ReadMetadata();
            else if (!_entries.TryAdd(name, ReadEntry(name)))
                throw CorruptFile.Because(_path, $"tensor {CorruptFile.Quote(name)} is declared twice.");
        }

        if (_json.Read())
            throw CorruptFile.Because(_path, "there is text after the header's closing brace.");
    }

    private void ReadMetadata()
    {
        if (_metadata is not null)
            throw CorruptFile.Because(_path, "'__metadata__' is declared twice.");
        _metadata = [];
        Expect(JsonTokenType.StartObject, "'__metadata__'");
        while (NextName() is { } key)
        {
            Expect(JsonTokenType.String, $"metadata {CorruptFile.Quote(key)}");
            if (!_metadata.TryAdd(key, _json.GetString()!))
                throw CorruptFile.Because(_path, $"metadata {CorruptFile.Quote(key)} is declared twice.");
        }
    }

    private HeaderEntry ReadEntry(string tensor)
    {
        var entry = default(HeaderEntry);
        Expect(JsonTokenType.StartObject, $"tensor {CorruptFile.Quote(tensor)}");
        while (NextName() is { } field)
        {
            var where = $"tensor {CorruptFile.Quote(tensor)} {CorruptFile.Quote(field)}";
            if (field == "dtype" && entry.Type is null)
                entry.Type = ReadString(where);
            else if (field == "shape" && entry.Shape.IsDefault)
                entry.Shape = ReadNumbers(where);
            else if (field == "data_offsets" && entry.Offsets.IsDefault)
                entry.Offsets = ReadNumbers(where);
            else
                throw CorruptFile.Because(_path, $"{where} is unknown or declared twice; a tensor has dtype, shape and data_offsets.");
        }

        return entry;
    }

    private string ReadString(string where)
    {
        Expect(JsonTokenType.String, where);
        return _json.GetString()!;
    }

    private ImmutableArray<long> ReadNumbers(string where)
    {
        Expect(JsonTokenType.StartArray, where);
        var numbers = ImmutableArray.CreateBuilder<long>();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out var number) || number < 0)
                throw CorruptFile.Because(_path, $"{where}[{numbers.Count}] is not a whole number from 0 to {long.MaxValue}.");
            if (numbers.Count == MaxRank)
                throw CorruptFile.Because(_path, $"{where} has more than {MaxRank} entries.");
            numbers.Add(number);
        }

        return numbers.ToImmutable();
    }

    private string? NextName() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName ? _json.GetString() : null;

    private void Expect(JsonTokenType type, string where)
    {
        if (!_json.Read() || _json.TokenType != type)
            throw CorruptFile.Because(_path, $"{where} is a JSON {_json.TokenType}, expected {type}.");
    }
}
