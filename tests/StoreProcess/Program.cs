using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Telemetry;

// A second process at the same store, for tests that need a real one: StoreProcess COMMAND FOLDER [ARGUMENT…]
const string Key = "steps/shared/document.json";
using var folder = new StoreFolder(args[1]);
using var store = new FileObjectStore(folder);
switch (args[0])
{
    case "create": // starts when told and says whether it was first
        Console.ReadLine();
        Console.WriteLine(await store.TryCreateAsync(Key, Encoding.UTF8.GetBytes(args[2]), default));
        break;
    case "add": // adds 1 to a number, so many times
        for (var left = int.Parse(args[2], CultureInfo.InvariantCulture); left > 0;)
        {
            var document = (await store.ReadAsync(Key, default))!;
            var next = int.Parse(document.Content.Span, CultureInfo.InvariantCulture) + 1;
            if (await store.TryReplaceAsync(Key, Encoding.UTF8.GetBytes($"{next}"), document.Version, default) is not null)
                left--;
        }
        break;
    case "overwrite": // replaces a large document and stores large blobs until killed
        var artifacts = new FileArtifactStore(folder);
        for (var i = 0; ; i++)
        {
            var content = new byte[ObjectKeys.MaxContentBytes];
            content.AsSpan().Fill((byte)i);
            await store.WriteAsync(Key, content, default);
            await store.TryCreateAsync($"steps/s{i}/result.json", content, default);
            var file = artifacts.CreateTemporaryPath();
            await File.WriteAllBytesAsync(file, [.. BitConverter.GetBytes(i), .. content]);
            await artifacts.StoreAsync(file, "safetensors", default);
            Console.WriteLine(i);
        }
    case "hold": // keeps the lock of the key and an unfinished file until killed
        File.WriteAllText(folder.Temporary.CreatePath(), "unfinished");
        using (var locks = new KeyLocks(folder))
        {
            await locks.RunAsync(Key, () =>
            {
                Console.WriteLine(new FileClaimOwners(folder).Mine);
                Thread.Sleep(Timeout.Infinite);
                return true;
            }, default);
        }
        break;
    case "log": // logs one line about a step
        using (var host = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).AddSparsePipelineDefaults("test").Build())
        {
            var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("StoreProcess");
            using var scope = logger.BeginStep("run-1", "key-1");
            logger.LogWarning("A line");
        }
        break;
    default:
        throw new InvalidOperationException($"Unknown command '{args[0]}'.");
}
