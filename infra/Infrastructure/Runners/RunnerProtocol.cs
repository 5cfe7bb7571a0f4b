using System.Text;
using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>
/// What a runner and its parent say to each other: one JSON document per line, commands on the runner's standard input, events on its
/// standard output. The runner first says <see cref="RunnerEvent.Ready"/>; then it takes one job at a time.
/// </summary>
public static class RunnerProtocol
{
    /// <summary>Raised with every incompatible change: parent and runner must come from one build.</summary>
    public const int Version = 3;

    private static readonly JsonSerializerOptions Options = new(ContractJson.Options) { WriteIndented = false };

    /// <summary>UTF-8 without a byte order mark, which would spoil the first line.</summary>
    public static Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>One line, without its end.</summary>
    public static string Write<T>(T message) => JsonSerializer.Serialize(message, Options);

    /// <summary>The message in a line; null when the line is none.</summary>
    public static T? Read<T>(string line)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A record as part of a message.</summary>
    public static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    /// <summary>A record from a part of a message; throws <see cref="JsonException"/> when it is another.</summary>
    public static T FromElement<T>(JsonElement element) =>
        element.Deserialize<T>(Options) ?? throw new JsonException($"A {typeof(T).Name} was expected, null was found.");
}
