using System.Buffers;
using System.Globalization;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;

namespace SparsePipeline.Gateway.Events;

/// <summary>Checks the attributes of a CloudEvent (CloudEvents 1.0.2, section 3) and collects all that is wrong with them.</summary>
internal sealed class EventAttributes
{
    private const string Schema = "urn:sparsepipeline:schema:checkpoint-published:1";
    private const string ContentType = "application/json";
    private const int MostExtensions = 20;
    private const int MostCharacters = 512;
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<ProblemError> _errors = [];

    /// <summary>Adds one attribute as it was sent.</summary>
    public void Add(string name, string value)
    {
        if (name.Length is 0 or > 40 || name.AsSpan().ContainsAnyExcept(NameCharacters))
            Wrong(name.Length > 40 ? name[..40] : name, "is no name of an attribute", "Use a–z and 0–9.");
        else if (value.Length is 0 or > MostCharacters || value.Any(char.IsControl))
            Wrong(name, $"has {value.Length} characters or control characters among them", $"Give 1 to {MostCharacters} characters.");
        else
            _values[name] = value;
    }

    /// <summary>Adds an attribute that is of another type than a text.</summary>
    public void Wrong(string name, string found, string remedy) =>
        _errors.Add(new ProblemError("attribute-invalid", $"The attribute {name} {found}.", remedy, name));

    /// <summary>The event.</summary>
    /// <exception cref="RefusedRequestException">400 with everything that is wrong.</exception>
    public CloudEvent With(JsonElement data)
    {
        if (Take("specversion", required: true) is { } version && version != "1.0")
            Wrong("specversion", $"is '{version}'", "Send 1.0.");
        if (Take("type", required: true) is { } type && type != EventTypes.CheckpointPublished)
            Wrong("type", $"is '{type}', which is not taken in", $"Send {EventTypes.CheckpointPublished}.");
        var (source, id) = (Take("source", required: true), Take("id", required: true));
        if (source is not null && !Uri.TryCreate(source, UriKind.RelativeOrAbsolute, out _))
            Wrong("source", "is no URI reference", "Send one, such as /trainings/digits.");
        if (Take("datacontenttype") is { } content && !string.Equals(content.Split(';')[0].Trim(), ContentType, StringComparison.OrdinalIgnoreCase))
            Wrong("datacontenttype", $"is '{content}'", $"Send {ContentType}.");
        if (Take("dataschema") is { } schema && schema != Schema)
            Wrong("dataschema", $"is '{schema}'", $"Send {Schema}, or leave it out.");
        var (subject, traceParent, partitionKey) = (Take("subject"), Take("traceparent"), Take("partitionkey"));
        var time = TimeOf(Take("time"));
        if (_values.Count > MostExtensions)
            _errors.Add(new ProblemError("attribute-invalid", $"There are {_values.Count} attributes that are none of the standard's.", $"Send at most {MostExtensions}."));
        return _errors.Count == 0
            ? new CloudEvent
            {
                Source = source!,
                Id = id!,
                Subject = subject,
                Time = time,
                TraceParent = traceParent,
                PartitionKey = partitionKey,
                Extensions = _values,
                Data = data,
            }
            : throw new RefusedRequestException(StatusCodes.Status400BadRequest, _errors);
    }

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    private DateTimeOffset? TimeOf(string? text)
    {
        if (text is null)
            return null;
        string[] formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        if (DateTimeOffset.TryParseExact(text.ToUpperInvariant(), formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && HasZone(text))
            return time.ToUniversalTime();
        Wrong("time", $"is '{text}'", "Send an instant, such as 2026-11-30T12:00:00Z.");
        return null;
    }

    private static bool HasZone(string text) => text[^1] is 'Z' or 'z' || text.AsSpan(text.IndexOfAny(['T', 't']) + 1).ContainsAny('+', '-');

    private string? Take(string name, bool required = false)
    {
        if (_values.Remove(name, out var value))
            return value;
        if (required && !_errors.Exists(e => e.Field == name))
            Wrong(name, "is missing", "Send it.");
        return null;
    }
}
