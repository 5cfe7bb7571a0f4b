using System.Globalization;
using Microsoft.Extensions.Configuration;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Hosting;

namespace SparsePipeline.Benchmarks;

/// <summary>
/// The process that <see cref="StoreMemoryBenchmark"/> watches: stores a file and fetches it again, and prints its own peak of RssAnon in bytes.
/// </summary>
internal static class StoreMemoryChild
{
    public const string Command = "--store-memory-child";

    public static async Task<bool> TryRunAsync(string[] args)
    {
        if (args is not [Command, var file, var folder])
            return false;
        // Keys come through the environment, as they do for services.
        var settings = new ConfigurationBuilder().AddEnvironmentVariables(HostingExtensions.EnvironmentPrefix).Build().AsEnumerable();
        await using var store = new BucketStore(settings, folder);
        var peak = await PeakMemory.DuringAsync(async () =>
        {
            var artifact = await store.Artifacts.StoreAsync(file, ArtifactFormats.Safetensors, CancellationToken.None);
            await using var other = new BucketStore(settings, folder + "-other");
            await other.Artifacts.FetchAsync(artifact, CancellationToken.None);
        });
        Console.Write(peak.ToString(CultureInfo.InvariantCulture));
        return true;
    }
}
