using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Http;

/// <summary>Reads a JSON object field by field and collects all that is wrong with it: unknown fields, wrong types, values out of range.</summary>
/// <param name="json">The object.</param>
/// <param name="path">Where it stands in the request, with a point at its end; empty for the body itself.</param>
internal sealed partial class FieldReader(JsonElement json, string path = "")
{
    private const int MostNameLength = 64;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<ProblemError> _errors = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<ProblemError> Errors => _errors;

    /// <summary>Whether a text may name a model, a recipe or a subscription, and so become part of a key.</summary>
    public static bool IsName(string text) => text.Length <= MostNameLength && Name().IsMatch(text);

    /// <summary>A name that came in an address.</summary>
    /// <exception cref="RefusedRequestException">400: it is none.</exception>
    public static string NameOf(string text) => IsName(text) ? text : throw RefusedRequestException.Of(
        StatusCodes.Status400BadRequest, "invalid-name", "The name in the address is none.", NameRemedy);

    private const string NameRemedy = "Use words of a–z and 0–9 with hyphens between them, at most 64 characters.";

    public bool Has(string field) => json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A text; null when it is not given or wrong.</summary>
    public string? Text(string field, int most, bool required = false)
    {
        if (!Find(field, required, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            return Wrong(field, Shown(value), "Give a text.");
        var text = value.GetString()!;
        if (text.Length == 0 || text.Length > most || text.Any(char.IsControl))
            return Wrong(field, $"a text of {text.Length} characters, or one with control characters", $"Give 1 to {most} characters.");
        return text;
    }

    /// <summary>A list of texts, at least one; null when it is not given or wrong.</summary>
    public IReadOnlyList<string>? Texts(string field, int mostTexts, int most)
    {
        if (!Find(field, required: false, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is > 0 and var count && count <= mostTexts
            && value.EnumerateArray().All(t => t.ValueKind == JsonValueKind.String && t.GetString() is { Length: > 0 } text && text.Length <= most && !text.Any(char.IsControl)))
            return [.. value.EnumerateArray().Select(t => t.GetString()!)];
        Wrong(field, Shown(value), $"Give a list of 1 to {mostTexts} texts of 1 to {most} characters.");
        return null;
    }

    /// <summary>An instant; null when it is not given or wrong.</summary>
    public DateTimeOffset? Instant(string field)
    {
        if (Text(field, most: 64) is not { } text)
            return null;
        if (text[^1] == 'Z' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return instant;
        Wrong(field, $"'{text}'", "Give an instant in UTC, such as 2026-12-31T12:00:00Z.");
        return null;
    }

    /// <summary>A list of objects; empty when it is not given or wrong. Their errors are added when each is <see cref="Take"/>n.</summary>
    public IReadOnlyList<FieldReader> Objects(string field, int most)
    {
        if (!Find(field, required: false, out var value))
            return [];
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most && value.EnumerateArray().All(o => o.ValueKind == JsonValueKind.Object))
            return [.. value.EnumerateArray().Select((o, i) => new FieldReader(o, $"{path}{field}[{i}]."))];
        Wrong(field, Shown(value), $"Give a list of at most {most} objects.");
        return [];
    }

    /// <summary>A name; null when it is not given or wrong.</summary>
    public string? NameIn(string field, bool required = false) =>
        Text(field, most: 1000, required) is not { } text ? null : IsName(text) ? text : Wrong(field, $"'{text}'", NameRemedy);

    /// <summary>A SHA-256; null when it is not given or wrong.</summary>
    public string? Digest(string field, bool required = false) =>
        Text(field, most: 1000, required) is not { } text ? null
        : IsDigest(text) ? text : Wrong(field, $"'{text}'", "Give the 64 lower-case hexadecimal digits of a SHA-256.");

    /// <summary>A whole number; null when it is not given or wrong.</summary>
    public long? Whole(string field, long least, long most, bool required = false)
    {
        if (!Find(field, required, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most)
            return number;
        Wrong(field, Shown(value), $"Give a whole number from {least} to {most}.");
        return null;
    }

    /// <summary>A number; null when it is not given or wrong.</summary>
    public double? Number(string field, double least, double most)
    {
        if (!Find(field, required: false, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most)
            return number;
        Wrong(field, Shown(value), $"Give a number from {least} to {most}.");
        return null;
    }

    /// <summary>One of some words; null when it is not given or wrong.</summary>
    public string? Word(string field, IReadOnlyList<string> known, bool required = false) =>
        Text(field, most: 1000, required) is not { } text ? null : known.Contains(text) ? text : Wrong(field, $"'{text}'", $"Give one of {string.Join(", ", known)}.");

    /// <summary>A list of texts, none of them empty; null when it is not given or wrong.</summary>
    public string[]? Texts(string field, int mostTexts, int mostCharacters, bool required = false)
    {
        if (!Find(field, required, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is var count && count >= 1 && count <= mostTexts
            && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String && v.GetString() is { Length: > 0 } text && text.Length <= mostCharacters && !text.Any(char.IsControl)))
            return [.. value.EnumerateArray().Select(v => v.GetString()!)];
        Wrong(field, Shown(value), $"Give a list of 1 to {mostTexts} texts of 1 to {mostCharacters} characters.");
        return null;
    }

    /// <summary>An object within; null when it is not given or none. Its errors are added when it is <see cref="Take"/>n.</summary>
    public FieldReader? Object(string field, bool required = false)
    {
        if (!Find(field, required, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new FieldReader(value, $"{path}{field}.");
        Wrong(field, Shown(value), "Give an object: { … }.");
        return null;
    }

    /// <summary>All fields, whatever they are called: a mapping.</summary>
    public IEnumerable<JsonProperty> All()
    {
        foreach (var property in json.EnumerateObject())
        {
            _known.Add(property.Name);
            yield return property;
        }
    }

    /// <summary>Adds the errors of an object within, its unknown fields among them.</summary>
    public void Take(FieldReader within)
    {
        within.RefuseUnknown();
        _errors.AddRange(within._errors);
    }

    /// <summary>Adds an error; returns null, so that a reader may return it.</summary>
    public string? Wrong(string field, string found, string remedy)
    {
        _errors.Add(new ProblemError("invalid-field", $"{path}{field} is {found}.", remedy, path + field));
        return null;
    }

    /// <summary>Adds an error with a code of its own.</summary>
    public void Wrong(ProblemError error) => _errors.Add(error);

    /// <summary>Ends the reading.</summary>
    /// <exception cref="RefusedRequestException">400: something was wrong; all of it is told.</exception>
    public void Done()
    {
        RefuseUnknown();
        if (_errors.Count > 0)
            throw new RefusedRequestException(StatusCodes.Status400BadRequest, _errors);
    }

    /// <summary>Adds an error for each field that was not asked for.</summary>
    public void RefuseUnknown()
    {
        foreach (var property in json.EnumerateObject().Where(p => !_known.Contains(p.Name)))
            _errors.Add(new ProblemError("unknown-field", $"There is no field {path}{property.Name}.", NameSuggestion.For(property.Name, _known), path + property.Name));
    }

    private static bool IsDigest(string text) => text.Length == 64 && !text.AsSpan().ContainsAnyExcept("0123456789abcdef");

    private bool Find(string field, bool required, out JsonElement value)
    {
        _known.Add(field);
        if (json.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null)
            return true;
        if (required)
            _errors.Add(new ProblemError("missing-field", $"{path}{field} is missing.", "Give it; it has no default.", path + field));
        return false;
    }

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.String => "a text",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => value.GetRawText(),
    };

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
