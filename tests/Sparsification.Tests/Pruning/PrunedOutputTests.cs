using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

/// <summary>What a cut is written as: another type, shards.</summary>
public sealed class PrunedOutputTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Another_type_rounds_what_is_kept_and_leaves_the_mask_and_its_zeros_exact()
    {
        using var source = StateDict.Open(_files.Write(("a.weight", [1, 4], [-0.1f, 1.001f, -0.01f, 3])));
        var (output, mask) = (_files.NewPath(), _files.NewPath("mask"));

        PruneOperation.Run(source, new PruneRequest { Sparsity = 0.5 }, new CheckpointTarget(output) { Type = TensorType.BF16 }, mask);

        using var pruned = StateDict.Open(output);
        pruned.Find("a.weight")!.Type.ShouldBe(TensorType.BF16);
        pruned.Bytes("a.weight", 0, 8).ToArray().ShouldBe([0, 0, 0x80, 0x3F, 0, 0, 0x40, 0x40]);
        ZeroCheck.Violations(pruned, SparsityMask.Load(mask)).ShouldBeEmpty();
    }

    [Fact]
    public void Shards_are_cut_by_one_threshold_and_written_as_shards()
    {
        using var whole = StateDict.Open(new StateDictBuilder().Random("a.weight", [8, 8], 1).Random("b.weight", [8, 8], 2).Metadata("format", "pt").Save(_files.NewPath()));
        using var sharded = StateDict.Open(ShardedCheckpoint.Write(whole, _files.Folder, maxShardBytes: 1));
        var (folder, one) = (Directory.CreateDirectory(_files.NewPath("folder")).FullName, _files.NewPath());

        PruneOperation.Run(sharded, new PruneRequest { Sparsity = 0.75 }, new CheckpointTarget(folder) { Like = sharded }, _files.NewPath("mask"));
        PruneOperation.Run(whole, new PruneRequest { Sparsity = 0.75 }, one, _files.NewPath("mask"));

        using var pruned = StateDict.Open(folder);
        pruned.Files.Select(Path.GetFileName).ShouldBe(sharded.Files.Select(Path.GetFileName));
        CheckpointCopy.Write(pruned, Path.Combine(folder, "joined"));
        File.ReadAllBytes(Path.Combine(folder, "joined")).ShouldBe(File.ReadAllBytes(one));
    }
}
