using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data;

/// <summary>Holds what a checkpoint says of its inputs and classes against the data it is to be used on.</summary>
/// <remarks>
/// The shapes agree when the same columns or classes come in another order, and every answer would be about something else. Other classes in as great
/// a number are no mistake: a network may be trained further on them.
/// </remarks>
internal static class InputOrder
{
    /// <exception cref="DomainException"><see cref="FailureCodes.ShapeMismatch"/>: the order differs, or the characters of a text do.</exception>
    public static void Ensure(IReadOnlyDictionary<string, string> metadata, DataSplits data)
    {
        var inputs = data.Describe();
        if (inputs.Vocabulary is { } characters)
            Ensure("characters", Names(metadata, InputMetadata.Vocabulary), characters, evenOthers: true);
        else
            Ensure("classes", Names(metadata, InputMetadata.Labels), inputs.Labels);
        if (inputs.Columns is { } columns)
            Ensure("columns", Names(metadata, InputMetadata.Columns), columns);
    }

    private static void Ensure(string what, IReadOnlyList<string>? trained, IReadOnlyList<string> given, bool evenOthers = false)
    {
        if (trained is null || trained.Count != given.Count || trained.SequenceEqual(given, StringComparer.Ordinal))
            return;
        if (!evenOthers && !trained.ToHashSet(StringComparer.Ordinal).SetEquals(given))
            return;
        var at = Enumerable.Range(0, given.Count).First(i => trained[i] != given[i]);
        throw new DomainException(
            FailureCodes.ShapeMismatch,
            $"The checkpoint was trained on {what} in another order than the data has them: number {at} was '{trained[at]}' and is '{given[at]}'.",
            $"Bring the {what} of the data into the order of the checkpoint's metadata, or use a checkpoint of this data.");
    }

    /// <summary>Null when the file does not say, or what others wrote under the key is no list.</summary>
    private static List<string>? Names(IReadOnlyDictionary<string, string> metadata, string key)
    {
        try
        {
            return metadata.TryGetValue(key, out var list) ? JsonSerializer.Deserialize<List<string>>(list) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
