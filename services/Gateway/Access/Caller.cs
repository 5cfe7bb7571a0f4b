using System.IO.Enumeration;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;

namespace SparsePipeline.Gateway.Access;

/// <summary>Whose key a request was made with.</summary>
internal static class Caller
{
    private const string Item = "sparsepipeline-key";

    /// <summary>The key; null when there was none that is valid.</summary>
    public static AccessKey? Find(HttpContext context) => context.Items[Item] as AccessKey;

    /// <summary>The key of a request that was let through.</summary>
    public static AccessKey Of(HttpContext context) => Find(context)!;

    public static void Set(HttpContext context, AccessKey key) => context.Items[Item] = key;

    /// <summary>Whether the key may publish checkpoints of a model.</summary>
    public static bool MayPublish(AccessKey key, string model) =>
        key.Models is null || key.Models.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, model, ignoreCase: false));

    /// <exception cref="RefusedRequestException">403: the key is for other models.</exception>
    public static void EnsureMayPublish(AccessKey key, string model)
    {
        if (!MayPublish(key, model))
            throw RefusedRequestException.Of(StatusCodes.Status403Forbidden, "scope", $"The key is not for the model '{model}'.", "Use a key whose models include it.", "model");
    }
}
