using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Commands;

/// <summary>Reads <c>name=value</c> pairs as method options.</summary>
internal static class MethodOptionParser
{
    /// <summary>Values are JSON where they parse as such (<c>0.5</c>, <c>true</c>, <c>[128,64]</c>) and text otherwise; null for no pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="option">What the command line calls them.</param>
    public static MethodOptions? Parse(IReadOnlyList<string>? pairs, string option = "--option")
    {
        if (pairs is null or { Count: 0 })
            return null;
        var options = new MethodOptions();
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=');
            if (at < 1)
                throw new DomainException(FailureCodes.InvalidOption, $"{option} '{pair}' is not of the form name=value.", $"Write for example {option} ratio=0.5.");
            options[pair[..at]] = Value(pair[(at + 1)..]);
        }

        return options;
    }

    private static JsonElement Value(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }
}
