using System.Globalization;

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

    /// <summary>A value of the query; null when it is not there.</summary>
    public static string? Text(HttpContext context, string name) => context.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;
}
