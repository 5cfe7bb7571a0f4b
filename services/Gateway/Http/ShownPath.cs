namespace SparsePipeline.Gateway.Http;

/// <summary>The path of a request as logs and the audit may have it: the last part of a hook's address is a secret.</summary>
internal static class ShownPath
{
    private const string Secret = "path";

    public static string Of(HttpContext context)
    {
        var path = context.Request.Path.ToString();
        return context.Request.RouteValues[Secret] is string { Length: > 0 } secret ? path.Replace(secret, "…", StringComparison.Ordinal) : path;
    }
}
