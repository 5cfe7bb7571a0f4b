using System.Text;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Claims;

namespace SparsePipeline.Infrastructure.Tests.Artifacts;

/// <summary>Real processes at one folder, some of them killed.</summary>
public sealed class SharedFolderTests : IDisposable
{
    private const string Key = "steps/shared/document.json";
    private readonly TemporaryStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Of_processes_that_create_at_once_exactly_one_wins()
    {
        var processes = Enumerable.Range(0, 6).Select(i => new SecondProcess("create", _store, $"content {i}")).ToArray();
        foreach (var process in processes)
            process.Say();

        var answers = await Task.WhenAll(processes.Select(p => p.HearAsync()));

        answers.Count(a => a == "True").ShouldBe(1);
        answers.Count(a => a == "False").ShouldBe(5);
        Encoding.UTF8.GetString((await _store.Objects.ReadAsync(Key, Token))!.Content.Span).ShouldBe($"content {Array.IndexOf(answers, "True")}");
        Array.ForEach(processes, p => p.Dispose());
    }

    [Fact]
    public async Task No_addition_is_lost_between_processes()
    {
        await _store.Objects.WriteAsync(Key, TemporaryStore.Bytes("0"), Token);
        var processes = Enumerable.Range(0, 3).Select(_ => new SecondProcess("add", _store, "40")).ToArray();

        foreach (var process in processes)
            (await process.EndAsync()).ShouldBe(0);

        Encoding.UTF8.GetString((await _store.Objects.ReadAsync(Key, Token))!.Content.Span).ShouldBe("120");
        Array.ForEach(processes, p => p.Dispose());
    }

    [Fact]
    public async Task A_writer_killed_at_any_moment_leaves_only_whole_documents_and_blobs()
    {
        for (var round = 0; round < 5; round++)
        {
            using var writer = new SecondProcess("overwrite", _store);
            await writer.HearAsync();
            await Task.Delay(7 * round, Token); // somewhere within its second round of writing
            await writer.KillAsync();
            await EverythingIsWholeAsync();
        }
    }

    [Fact]
    public async Task A_lock_does_not_outlive_its_killed_holder()
    {
        await _store.Objects.WriteAsync(Key, TemporaryStore.Bytes("1"), Token);
        using var holder = new SecondProcess("hold", _store);
        await holder.HearAsync();
        var waiting = _store.Objects.WriteAsync(Key, TemporaryStore.Bytes("2"), Token);
        waiting.IsCompleted.ShouldBeFalse();

        await holder.KillAsync();

        await waiting;
    }

    [Fact]
    public async Task The_unfinished_files_of_a_living_process_are_kept_and_those_of_a_killed_one_swept()
    {
        using var holder = new SecondProcess("hold", _store);
        var corner = CornerOf((await holder.HearAsync())!);

        _store.Folder.Temporary.Sweep();
        Directory.GetFiles(corner).Length.ShouldBe(1);
        await holder.KillAsync();
        _store.Folder.Temporary.Sweep();

        Directory.Exists(corner).ShouldBeFalse();
        File.Exists(corner + ".lock").ShouldBeFalse();
        Directory.Exists(_store.Folder.Temporary.Folder).ShouldBeTrue();
    }

    [Fact]
    public async Task An_owner_is_gone_as_soon_as_its_process_is_killed_and_not_before()
    {
        var owners = new FileClaimOwners(_store.Folder);
        using var holder = new SecondProcess("hold", _store);
        var owner = (await holder.HearAsync())!;

        owners.IsGone(owner).ShouldBeFalse();
        await holder.KillAsync();

        owners.IsGone(owner + "/trainer").ShouldBeTrue();
        owners.IsGone(owners.Mine).ShouldBeFalse();
        owners.IsGone("somebody of another kind").ShouldBeFalse();
        owners.IsGone("lock:../../etc").ShouldBeFalse();
    }

    private string CornerOf(string owner) => _store.Folder.PathOf("tmp/" + owner["lock:".Length..]);

    private async Task EverythingIsWholeAsync()
    {
        await foreach (var key in _store.Objects.ListAsync("", Token))
        {
            var content = (await _store.Objects.ReadAsync(key, Token))!.Content.Span;
            content.Length.ShouldBe(ObjectKeys.MaxContentBytes);
            content.ContainsAnyExcept(content[0]).ShouldBeFalse();
        }
        foreach (var blob in Directory.EnumerateFiles(_store.Folder.PathOf("objects"), "*", SearchOption.AllDirectories))
            BlobVerification.Hash(blob, Token).ShouldBe(Path.GetFileName(blob));
    }
}
