using System.Text;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Collection;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Tests.Artifacts;
using Wrapped = Microsoft.Extensions.Options.Options;

namespace SparsePipeline.Infrastructure.Tests.Collection;

/// <summary>Workers that store and refer while collections run without a pause.</summary>
public sealed class CollectionRaceTests : IDisposable
{
    private const int Blobs = 6;
    private readonly TemporaryStore _store = new();
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Blobs).Select(_ => new SemaphoreSlim(1, 1))];

    public void Dispose()
    {
        Array.ForEach(_turns, t => t.Dispose());
        _store.Dispose();
    }

    [Fact]
    public async Task Whatever_is_referred_to_in_the_end_is_there()
    {
        for (var round = 0; round < 8; round++)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var (collecting, ageing) = (Task.Run(() => CollectAsync(end.Token)), Task.Run(() => AgeAsync(end.Token)));

            // Few blobs, again and again, so that most are old and unreferenced when they are stored.
            try
            {
                await Task.WhenAll(Enumerable.Range(3 * round, 3).Select(seed => Task.Run(() => WorkAsync(seed, times: 20))));
            }
            finally
            {
                // Also when the work has failed: they would go on for ever.
                await end.CancelAsync();
                await Task.WhenAll(collecting, ageing);
            }

            await EverythingIsThereAsync();
        }
    }

    private static string Reference(int blob) => $"steps/{blob}/spec.json";

    private async Task WorkAsync(int seed, int times)
    {
        var random = new Random(seed);
        for (var time = 0; time < times; time++)
        {
            var blob = random.Next(Blobs);
            await InTurnAsync(blob, () => _store.Objects.DeleteAsync(Reference(blob), CancellationToken.None));
            await Task.Yield();
            await ReferAsync(blob);
        }
    }

    private Task ReferAsync(int blob) => InTurnAsync(blob, async () =>
    {
        var stored = await _store.Artifacts.StoreAsync(_store.NewFile(Encoding.UTF8.GetBytes($"blob {blob}")), "mask", CancellationToken.None);
        await _store.Objects.WriteAsync(Reference(blob), Encoding.UTF8.GetBytes($"\"{stored.Digest}\""), CancellationToken.None);
    });

    // A day passes for blobs nobody refers to; never between storing and referring, which takes less than the grace period.
    private async Task AgeAsync(CancellationToken end)
    {
        for (var blob = 0; !end.IsCancellationRequested; blob = (blob + 1) % Blobs)
        {
            await InTurnAsync(blob, async () =>
            {
                if (await _store.Objects.ReadAsync(Reference(blob), CancellationToken.None) is null)
                    TryAge(PathOf(blob));
            });
        }
    }

    private async Task InTurnAsync(int blob, Func<Task> operation)
    {
        await _turns[blob].WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await operation();
        }
        finally
        {
            _turns[blob].Release();
        }
    }

    private static void TryAge(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-30));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Collected meanwhile.
        }
    }

    private async Task CollectAsync(CancellationToken end)
    {
        var notice = new CollectionNotice(_store.Objects, new FileClaimOwners(_store.Folder), TimeProvider.System);
        var collector = new Collector(
            _store.Objects, new HesitatingStore(_store.Artifacts), notice, new NoUnfinishedUploads(),
            Wrapped.Create(new CollectionOptions()), TimeProvider.System);
        while (!end.IsCancellationRequested)
            await collector.CollectAsync(dryRun: false, found: null, CancellationToken.None);
    }

    private async Task EverythingIsThereAsync()
    {
        await foreach (var key in _store.Objects.ListAsync("steps/", CancellationToken.None))
        {
            var digest = Encoding.UTF8.GetString((await _store.Objects.ReadAsync(key, CancellationToken.None))!.Content.Span).Trim('"');
            (await _store.Artifacts.ExistsAsync(digest, CancellationToken.None)).ShouldBe(true, key);
        }
    }

    private string PathOf(int blob)
    {
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"blob {blob}")));
        return _store.Folder.PathOf($"objects/sha256/{digest[..2]}/{digest}");
    }
}
