using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Artifacts;

public sealed class FileObjectStoreTests : ObjectStoreConformance, IDisposable
{
    private readonly TemporaryStore _store = new();

    protected override IObjectStore Store => _store.Objects;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task No_unfinished_file_is_left_behind()
    {
        await Store.TryCreateAsync("a.json", TemporaryStore.Bytes("1"), Token);
        await Store.TryCreateAsync("a.json", TemporaryStore.Bytes("2"), Token);
        await Store.WriteAsync("a.json", TemporaryStore.Bytes("3"), Token);

        Directory.GetFiles(_store.Folder.Temporary.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reading_creates_nothing()
    {
        await Store.ReadAsync("a.json", Token);
        await ListAsync("");

        Directory.Exists(_store.Folder.Root).ShouldBeFalse();
    }

    [Fact]
    public async Task Files_that_are_no_documents_are_not_listed()
    {
        await Store.WriteAsync("a.json", TemporaryStore.Bytes("1"), Token);
        await _store.Artifacts.StoreAsync(_store.NewFile([1, 2, 3]), "mask", Token);

        (await ListAsync("")).ShouldBe(["a.json"]);
    }

    [Fact]
    public async Task A_store_below_a_file_says_which_path_is_wrong()
    {
        var file = Path.GetTempFileName();
        using var folder = new StoreFolder(Path.Combine(file, "store"));
        using var store = new FileObjectStore(folder);

        (await Should.ThrowAsync<IOException>(() => store.WriteAsync("a.json", TemporaryStore.Bytes("1"), Token))).Message.ShouldContain(file);

        File.Delete(file);
    }
}

public sealed class FileObjectStoreModelTests : ObjectStoreModelTests
{
    protected override async Task<bool> WithStoreAsync(Func<IObjectStore, Task<bool>> run)
    {
        using var store = new TemporaryStore();
        return await run(store.Objects);
    }
}
