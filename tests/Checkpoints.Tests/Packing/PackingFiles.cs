using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

/// <summary>A checkpoint, its packed form, and what comes of that.</summary>
internal sealed class PackingFiles : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public string Dense => _folder.File("dense.safetensors");

    public string Packed => _folder.File("packed.safetensors");

    public string Back => _folder.File("back.safetensors");

    public void Dispose() => _folder.Dispose();

    public void Save(Func<StateDictBuilder, StateDictBuilder> build) => build(new StateDictBuilder()).Save(Dense);

    public void Pack(SparsityMask? mask = null, bool maskElsewhere = false)
    {
        using var source = StateDict.Open(Dense);
        PackedCheckpoint.Pack(source, Packed, mask, maskElsewhere);
    }
}
