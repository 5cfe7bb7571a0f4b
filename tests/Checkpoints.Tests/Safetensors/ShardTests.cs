using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class ShardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Index => _folder.File("model.safetensors.index.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checkpoint_in_shards_reads_like_the_whole()
    {
        using var whole = StateDict.Open(new StateDictBuilder().Random("a.weight", [3, 5], 1).Random("b.weight", [7], 2)
            .Random("c.weight", [2, 2], 3).Save(_folder.File("whole.safetensors")));

        using var sharded = StateDict.Open(ShardedCheckpoint.Write(whole, _folder.Path, maxShardBytes: 60));

        sharded.Files.Select(Path.GetFileName).ShouldBe(["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]);
        sharded.StructureDigest.ShouldBe(whole.StructureDigest);
        foreach (var tensor in whole.Tensors)
            sharded.Floats(tensor.Name, 0, (int)tensor.Count).SequenceEqual(whole.Floats(tensor.Name, 0, (int)tensor.Count)).ShouldBeTrue();
    }

    [Fact]
    public void A_copy_of_the_shards_is_the_whole_file_again()
    {
        var file = new StateDictBuilder().Random("a.weight", [3, 5], 1).Raw("steps", TensorType.U8, [2], 1, 2).Metadata("format", "pt")
            .Save(_folder.File("whole.safetensors"));
        using var whole = StateDict.Open(file);
        using var sharded = StateDict.Open(ShardedCheckpoint.Write(whole, _folder.Path, maxShardBytes: 1));

        CheckpointCopy.Write(sharded, _folder.File("copy.safetensors"));

        File.ReadAllBytes(_folder.File("copy.safetensors")).ShouldBe(File.ReadAllBytes(file));
    }

    [Theory]
    [InlineData("../secret.safetensors")]
    [InlineData("/etc/passwd")]
    [InlineData("sub/shard.safetensors")]
    [InlineData("..\\\\secret")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a\\u0000b")]
    public void A_shard_outside_the_folder_is_refused(string shard) =>
        Refusal("""{"weight_map": {"a": "SHARD"}}""".Replace("SHARD", shard, StringComparison.Ordinal))
            .Reason.ShouldContain("which is not a plain file name");

    [Theory]
    [InlineData("""{"weight_map": {"a": 3}}""", "which is not a plain file name")]
    [InlineData("""{"weight_map": {"a": "one.safetensors", "a": "one.safetensors"}}""", "the index is not JSON")]
    [InlineData("""{"weight_map": {}}""", "weight_map is empty")]
    [InlineData("""{"weight_map": []}""", "no object 'weight_map'")]
    [InlineData("""[]""", "no object 'weight_map'")]
    [InlineData("""{"weight_map": """, "the index is not JSON")]
    [InlineData("""{"weight_map": {"a": "one.safetensors", "b": "two.safetensors"}}""", "'c' is in two.safetensors, but weight_map says nothing of it")]
    [InlineData("""{"weight_map": {"a": "one.safetensors", "b": "two.safetensors", "c": "one.safetensors"}}""", "'c' is in two.safetensors, but weight_map says 'one.safetensors'")]
    [InlineData("""{"weight_map": {"a": "one.safetensors", "z": "one.safetensors"}}""", "weight_map places tensor 'z' in 'one.safetensors', which does not contain it")]
    [InlineData("""{"weight_map": {"a": "one.safetensors", "b": "again.safetensors"}}""", "'a' is in two shards, again.safetensors and one.safetensors")]
    public void An_index_that_its_shards_contradict_is_refused(string index, string complaint)
    {
        new StateDictBuilder().Random("a", [2], 1).Save(_folder.File("one.safetensors"));
        new StateDictBuilder().Random("b", [2], 2).Random("c", [2], 3).Save(_folder.File("two.safetensors"));
        new StateDictBuilder().Random("a", [2], 1).Random("b", [2], 2).Save(_folder.File("again.safetensors"));

        Refusal(index).Reason.ShouldContain(complaint);
    }

    [Fact]
    public void A_shard_that_is_missing_is_named()
    {
        File.WriteAllText(Index, """{"weight_map": {"a": "gone.safetensors"}}""");

        var failure = Should.Throw<DomainException>(() => StateDict.Open(Index)).Failure;

        failure.Code.ShouldBe(FailureCodes.MissingArtifact);
        failure.Reason.ShouldContain("gone.safetensors");
    }

    private StepFailure Refusal(string index)
    {
        File.WriteAllText(Index, index);
        var failure = Should.Throw<DomainException>(() => StateDict.Open(Index)).Failure;
        failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
        return failure;
    }
}
