using System.IO.Enumeration;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Gateway.Outbox;

namespace SparsePipeline.Gateway.Streams;

/// <summary>Which events a stream is for.</summary>
/// <param name="Types">Types, in which <c>*</c> stands for anything; null for all.</param>
/// <param name="Runs">Ids of runs, likewise.</param>
internal sealed record StreamFilter(IReadOnlyList<string>? Types, IReadOnlyList<string>? Runs)
{
    private const int Most = 50;
    private const int MostLength = 200;

    /// <summary>What a request asks for.</summary>
    /// <exception cref="RefusedRequestException">400: no event could ever be among it.</exception>
    public static StreamFilter Of(HttpContext context)
    {
        if (PageQuery.Text(context, "models") is not null)
            throw Refusal("models", "models is given, and no event says a model yet.", "Leave it out; ask for runs.");
        return new StreamFilter(PatternsOf(context, "types") is { } types ? CheckTypes("types", types) : null, PatternsOf(context, "runs"));
    }

    /// <summary>Patterns of types, each of which some type matches.</summary>
    /// <exception cref="RefusedRequestException">400: one that none does.</exception>
    public static IReadOnlyList<string> CheckTypes(string field, IReadOnlyList<string> patterns) =>
        patterns.FirstOrDefault(p => !OutgoingType.All.Any(t => Matches(p, t.Name))) is { } strange
            ? throw Refusal(field, $"{field} names '{strange}', which no type matches.", $"Give some of {string.Join(", ", OutgoingType.All.Select(t => t.Name))}, or a pattern with *.")
            : patterns;

    /// <summary>Whether a text is what a pattern says.</summary>
    public static bool Matches(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);

    /// <summary>Whether an event is among them.</summary>
    public bool Wants(OutgoingEvent outgoing) =>
        (Types is null || Types.Any(t => Matches(t, outgoing.Type))) && (Runs is null || (outgoing.RunId is { } runId && Runs.Any(r => Matches(r, runId))));

    private static string[]? PatternsOf(HttpContext context, string name)
    {
        if (PageQuery.Text(context, name) is not { } text)
            return null;
        var patterns = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return patterns.Length is >= 1 and <= Most && patterns.All(p => p.Length <= MostLength)
            ? patterns
            : throw Refusal(name, $"{name} has {patterns.Length} entries, or one that is too long.", $"Give 1 to {Most} of at most {MostLength} characters, separated by commas.");
    }

    private static RefusedRequestException Refusal(string field, string reason, string remedy) =>
        RefusedRequestException.Of(StatusCodes.Status400BadRequest, "invalid-query", reason, remedy, field);
}
