using System.Net;
using SparsePipeline.Client;

namespace SparsePipeline.Cli.Remote;

/// <summary>What a gateway may not have.</summary>
internal static class Known
{
    /// <summary>What is read; null when the gateway says that there is none.</summary>
    public static async Task<T?> OrNullAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (GatewayException none) when (none.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
