using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_opened_by_the_index_in_it()
    {
        using var state = StateDict.Open(Model());

        state.Path.ShouldBe(_folder.File("in/model.safetensors.index.json"));
        state.Files.Count.ShouldBe(2);
    }

    [Fact]
    public void A_whole_file_comes_before_an_index_and_a_mask_is_no_checkpoint()
    {
        new StateDictBuilder().Floats("x", [1], 1).Save(Path.Combine(Model(), "model.safetensors"));
        using (var whole = StateDict.Open(_folder.File("in")))
            whole.Tensors.ShouldHaveSingleItem().Name.ShouldBe("x");
        Directory.CreateDirectory(_folder.File("named"));
        new StateDictBuilder().Floats("y", [1], 1).Save(_folder.File("named/net.safetensors"));
        File.WriteAllText(_folder.File("named/net.mask.safetensors"), "");

        using var named = StateDict.Open(_folder.File("named"));

        named.Tensors.ShouldHaveSingleItem().Name.ShouldBe("y");
    }

    [Fact]
    public void A_folder_without_a_checkpoint_or_with_several_is_refused_in_words()
    {
        Directory.CreateDirectory(_folder.File("empty"));
        Should.Throw<DomainException>(() => StateDict.Open(_folder.File("empty"))).Failure.Remedy.ShouldContain("is a folder");
        File.WriteAllText(_folder.File("empty/a.safetensors"), "");
        File.WriteAllText(_folder.File("empty/b.safetensors"), "");
        Should.Throw<DomainException>(() => StateDict.Open(_folder.File("empty"))).Failure.Reason.ShouldContain("several checkpoints: a.safetensors, b.safetensors");
    }

    [Fact]
    public void Shards_are_written_like_those_of_another_checkpoint_with_an_index_that_says_their_size()
    {
        using var source = StateDict.Open(Model());
        Directory.CreateDirectory(_folder.File("out"));

        CheckpointCopy.Write(source, new CheckpointTarget(_folder.File("out")) { Like = source });

        foreach (var file in source.Files)
            File.ReadAllBytes(_folder.File("out/" + Path.GetFileName(file))).ShouldBe(File.ReadAllBytes(file));
        var index = Json("out/model.safetensors.index.json");
        index.GetProperty("metadata").GetProperty("total_size").GetInt64().ShouldBe(4 * (15 + 7 + 4));
        index.GetProperty("metadata").GetProperty("note").GetString().ShouldBe("kept");
        index.GetProperty("weight_map").EnumerateObject().Select(w => (w.Name, w.Value.GetString()))
            .ShouldBe(Json("in/model.safetensors.index.json").GetProperty("weight_map").EnumerateObject().Select(w => (w.Name, w.Value.GetString())));
        Directory.GetFiles(_folder.File("out")).Length.ShouldBe(3);
        using var copy = StateDict.Open(_folder.File("out"));
        copy.StructureDigest.ShouldBe(source.StructureDigest);
    }

    [Fact]
    public void Another_type_changes_size_and_configuration()
    {
        using var source = StateDict.Open(Model());
        Directory.CreateDirectory(_folder.File("out"));
        var target = new CheckpointTarget(_folder.File("out")) { Like = source, Type = TensorType.BF16 };

        CheckpointCopy.Write(source, target);
        CompanionFiles.Of(source).CopyTo(target.Path, target.Type);

        Json("out/model.safetensors.index.json").GetProperty("metadata").GetProperty("total_size").GetInt64().ShouldBe(2 * (15 + 7 + 4));
        var config = Json("out/config.json");
        config.GetProperty("torch_dtype").GetString().ShouldBe("bfloat16");
        config.GetProperty("text_config").GetProperty("dtype").GetString().ShouldBe("bfloat16");
        config.GetProperty("hidden_size").GetInt32().ShouldBe(8);
    }

    [Fact]
    public void What_belongs_to_the_network_goes_along_and_other_weights_stay_behind()
    {
        using var source = StateDict.Open(Model());
        File.WriteAllText(_folder.File("in/pytorch_model.bin"), "old weights");
        File.WriteAllText(_folder.File("in/.hidden"), "");
        Directory.CreateDirectory(_folder.File("in/original"));
        Directory.CreateDirectory(_folder.File("elsewhere"));
        File.WriteAllText(_folder.File("elsewhere/blob"), "tokens");
        File.CreateSymbolicLink(_folder.File("in/tokenizer.json"), _folder.File("elsewhere/blob"));
        Directory.CreateDirectory(_folder.File("out"));

        var companions = CompanionFiles.Of(source);
        companions.CopyTo(_folder.File("out"), null);

        companions.LeftOut.ShouldBe(["pytorch_model.bin", "original/"]);
        Directory.GetFiles(_folder.File("out")).Select(Path.GetFileName).Order().ShouldBe(["config.json", "tokenizer.json"]);
        new FileInfo(_folder.File("out/tokenizer.json")).LinkTarget.ShouldBeNull();
        File.ReadAllText(_folder.File("out/config.json")).ShouldBe(File.ReadAllText(_folder.File("in/config.json")));
    }

    private JsonElement Json(string file) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(_folder.File(file)));

    private string Model()
    {
        var folder = Directory.CreateDirectory(_folder.File("in")).FullName;
        using (var whole = StateDict.Open(new StateDictBuilder().Random("a.weight", [3, 5], 1).Random("b.weight", [7], 2)
            .Random("c.weight", [2, 2], 3).Metadata("format", "pt").Save(_folder.File("whole.safetensors"))))
            ShardedCheckpoint.Write(whole, folder, maxShardBytes: 60);
        var index = Path.Combine(folder, "model.safetensors.index.json");
        File.WriteAllText(index, File.ReadAllText(index).Replace("{\"weight_map\"", "{\"metadata\": {\"total_size\": 1, \"note\": \"kept\"}, \"weight_map\"", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "config.json"), """{"torch_dtype": "float32", "hidden_size": 8, "text_config": {"dtype": "float32"}}""");
        return folder;
    }
}
