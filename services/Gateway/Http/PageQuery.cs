using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Http;

/// <summary>What a request says about the page it wants.</summary>
internal static class PageQuery
{
    private const int Most = 500;
    private const int Usual = 100;

    /// <summary>Items on the page.</summary>
    /// <exception cref="RefusedRequestException">400: it is out of range.</exception>
    public static int Limit(HttpContext context)
    {
        var text = context.Request.Query["limit"].ToString();
        if (text.Length == 0)
            return Usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Most
            ? limit
            : throw RefusedRequestException.Of(StatusCodes.Status400BadRequest, "invalid-query", $"limit is '{text}'.", $"Give a number from 1 to {Most}.", "limit");
    }

    /// <summary>The page that a request asks for of things that are listed by their names.</summary>
    /// <param name="context">The request; its cursor is the last name of the page before.</param>
    /// <param name="names">All names after one of them, or all, in their order.</param>
    /// <param name="read">What is shown of a name; null for one that is left out.</param>
    public static async Task<Page<T>> OfNamesAsync<T>(HttpContext context, Func<string?, IAsyncEnumerable<string>> names, Func<string, Task<T?>> read)
        where T : class
    {
        var (limit, found, last) = (Limit(context), new List<T>(), (string?)null);
        await foreach (var name in names(Text(context, "cursor") is { } after ? FieldReader.NameOf(after) : null))
        {
            if (await read(name) is not { } item)
                continue;
            if (found.Count == limit)
                return new Page<T>(found, last);
            found.Add(item);
            last = name;
        }
        return new Page<T>(found, Next: null);
    }

    /// <summary>A value of the query; null when it is not there.</summary>
    public static string? Text(HttpContext context, string name) => context.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;
}
